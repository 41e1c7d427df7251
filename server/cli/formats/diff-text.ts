import { plain } from '../../encoding/markdown.js';
import { visible } from '../../encoding/visible.js';
import { gravitySigns } from '../../impact/gravity-words.js';
import { colours, gravityColours } from '../colours.js';
import type { Compared, ComparedTopology } from './compared.js';
import { sentenceOf, type Row } from '../../estate/comparison-text.js';
import { noDifference, partsTold, withoutSilent } from './diff-parts.js';
import { sideErrorsText } from './diff-errors.js';

/** For a terminal: the sentence, then what got worse, what got better, and the rest. */
export function asDiffText({ topologies, added, removed, errors }: Compared): string {
    const names = topologies.length + added.length + removed.length > 1;
    const { told, silent } = withoutSilent(topologies);
    return [
        sideErrorsText(errors),
        ...told.map((each) => topologyText(each, names)),
        ...(silent > 0 ? [`${noDifference(silent)}\n`] : []),
        ...added.map((name) => `Topology ${visible(name)} is new.\n`),
        ...removed.map((name) => `Topology ${visible(name)} is removed.\n`),
    ]
        .filter((block) => block !== '')
        .join('\n');
}

function topologyText({ name, comparison }: ComparedTopology, isNamed: boolean): string {
    const blocks = partsTold({ comparison }).map(({ title, rows, more }) =>
        [
            '',
            colours.bold(title),
            ...rows.map((row) => `   ${rowText(row)}`),
            ...(more > 0 ? [`   and ${more} more, see --format json`] : []),
        ].join('\n'),
    );
    const sentence = plain(sentenceOf(comparison));
    return `${[colours.bold(isNamed ? `${visible(name)}: ${sentence}` : sentence), ...blocks].join('\n')}\n`;
}

function rowText({ gravity, text }: Row): string {
    const line = plain(text);
    return gravity === undefined ? line : `${gravityColours[gravity](gravitySigns[gravity])} ${line}`;
}
