import { code } from '../../encoding/markdown.js';
import { gravitySigns } from '../../impact/gravity-words.js';
import type { Compared, ComparedTopology } from './compared.js';
import { dependencesMermaid } from '../../comparison/dependences-mermaid.js';
import { newSinglePoints, sentenceOf, type Row } from '../../estate/comparison-text.js';
import { noDifference, partsTold, withoutSilent } from './diff-parts.js';
import { sideErrorsMarkdown } from './diff-errors.js';

/** A comment of a pull request: its first line says it in a sentence. */
export function asDiffMarkdown({ topologies, added, removed, errors }: Compared): string {
    const names = topologies.length + added.length + removed.length > 1;
    const { told, silent } = withoutSilent(topologies);
    return `${[
        ...told.flatMap((each, index) => [
            ...topologyMarkdown(each, names),
            ...(index === 0 ? sideErrorsMarkdown(errors) : []),
        ]),
        ...(silent > 0 ? [noDifference(silent)] : []),
        ...(told.length === 0 ? sideErrorsMarkdown(errors) : []),
        ...added.map((name) => `Topology ${code(name)} is new.`),
        ...removed.map((name) => `Topology ${code(name)} is removed.`),
    ].join('\n\n')}\n`;
}

function topologyMarkdown({ name, comparison }: ComparedTopology, isNamed: boolean): string[] {
    const sentence = sentenceOf(comparison);
    const picture = dependencesMermaid(comparison.dependences.come);
    return [
        `**${isNamed ? `${code(name)}: ` : ''}${sentence}**`,
        ...partsTold({ comparison }).flatMap(({ title, rows, more }) => [
            `#### ${title}`,
            [...rows.map((row) => `- ${rowMarkdown(row)}`), ...(more > 0 ? [`- and ${more} more`] : [])].join('\n'),
            ...(title === newSinglePoints && picture !== undefined ? [`\`\`\`mermaid\n${picture}\n\`\`\``] : []),
        ]),
    ];
}

function rowMarkdown({ gravity, text }: Row): string {
    return gravity === undefined ? text : `${gravitySigns[gravity]} ${text}`;
}
