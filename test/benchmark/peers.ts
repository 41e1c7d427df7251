import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeOptions } from '../../src/client/node-options.js';
import { table } from '../docs/generated-sections.js';
import { declarations, type GeneratedEstate } from './estates.js';
import { measureSession } from './session.js';
import { shown, timing, type Timing } from './statistics.js';

interface Peer {
    readonly keystroke: Timing;
    /** Undefined of what has none. */
    readonly hover?: Timing;
    readonly lenses?: Timing | undefined;
    readonly start: number;
    /** MiB; undefined where the system does not tell. */
    readonly memory: number | undefined;
}

/** An estate, and whether those take part who need more than a minute for a key where one file has all of it. */
export interface PeerInput {
    readonly title: string;
    readonly estate: GeneratedEstate;
    readonly typedIn: string;
    readonly isInOneFile?: boolean;
}

/**
 * The same estates in this server, in one that knows nothing, in one of the same grammar with nothing but Langium, and in LikeC4
 * where that is installed in the folder from which this is called.
 *
 * @param servers this one, and the floors
 * @param script likec4.mjs
 */
export async function peersTable(
    inputs: readonly PeerInput[],
    servers: { readonly own: string; readonly silent: string; readonly bare: string },
    script: string,
): Promise<string> {
    const likec4 = installed('likec4');
    const rows: string[][] = [];
    for (const { title, estate, typedIn, isInOneFile } of inputs) {
        const { files } = estate;
        rows.push([title, 'this server', ...cellsOf(await inSession(servers.own, files, typedIn))]);
        rows.push([title, 'silent', ...cellsOf(await inSession(servers.silent, files, typedIn))]);
        if (isInOneFile) continue;
        const bare = await inSession(servers.bare, files, typedIn);
        rows.push([title, 'Langium alone', ...cellsOf({ ...bare, lenses: undefined })]);
        if (likec4) rows.push([title, 'LikeC4', ...cellsOf(inLikeC4(likec4, script, files, typedIn))]);
    }
    return table(
        [
            'input',
            'program',
            'key → diagnostics',
            'key → hover',
            'key → lenses of a screen',
            'start → diagnostics',
            'memory',
        ],
        rows,
    );
}

function cellsOf({ keystroke, hover, lenses, start, memory }: Peer): string[] {
    const size = memory === undefined ? '–' : `${Math.round(memory)} MiB`;
    const times = [keystroke, hover, lenses].map((time) => (time ? `${shown(time.median)} (${shown(time.p95)})` : '–'));
    return [...times, shown(start), size];
}

async function inSession(server: string, files: ReadonlyMap<string, string>, typedIn: string): Promise<Peer> {
    const result = await measureSession(server, files, typedIn, declarations);
    const { keystroke, hoverAfterKey, lensesAfterKey, firstDiagnostics, memory } = result;
    return { keystroke, hover: hoverAfterKey, lenses: lensesAfterKey, start: firstDiagnostics, memory };
}

/** The module of a package, where the folder from which this is called has it; undefined: it does not. */
function installed(name: string): string | undefined {
    try {
        return createRequire(join(process.cwd(), 'package.json')).resolve(name);
    } catch {
        return undefined;
    }
}

function inLikeC4(entry: string, script: string, files: ReadonlyMap<string, string>, typedIn: string): Peer {
    const folder = mkdtempSync(join(tmpdir(), 'tsbtopo-bench-'));
    for (const [name, text] of likec4Files(files, typedIn)) writeFileSync(join(folder, name), text);
    const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [...nodeOptions, script, entry, folder, typedIn.replace(/\.tsbtopo$/, '.c4')],
        { encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true, force: true });
    if (status !== 0) throw new Error(`LikeC4 ended with ${status}: ${stderr}`);
    const told = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as { start: number; times: number[]; memory: number };
    return { keystroke: timing(told.times), start: told.start, memory: told.memory / 2 ** 20 };
}

/**
 * A generated estate in the language of LikeC4: an element for each node, a relation for each gateway, home, call and link,
 * in as many files; in one of them another service, at whose end is typed.
 */
export function likec4Files(files: ReadonlyMap<string, string>, typedIn: string): Map<string, string> {
    const kinds = 'specification {\n    element cluster\n    element gateway\n    element service\n}\n\n';
    const written = [...files].map(([name, text], index) => {
        const elements: string[] = [];
        const relations: string[] = [];
        const relate = (from: string, to: string) => relations.push(`    ${from} -> ${to}`);
        for (const block of text.split('\n\n')) {
            const [, cluster] = /^(?:workload|management) cluster (\S+)/.exec(block) ?? [];
            if (cluster) elements.push(`    ${cluster} = cluster`);
            for (const [, gateway] of block.matchAll(/\b(gw\d+)$/gm)) {
                elements.push(`    ${gateway} = gateway`);
                relate(gateway!, cluster!);
            }
            for (const [, from, to] of block.matchAll(/(c\d+) <-> (c\d+)/g)) relate(from!, to!);
            const [, service, homes] = /^service (\S+) on ([^{]+)/.exec(block) ?? [];
            if (service === undefined || homes === undefined) continue;
            elements.push(`    ${service} = service`);
            const [, called = ''] = /^ *calls (.*)$/m.exec(block) ?? [];
            for (const to of [...homes.split(','), ...called.split(',')].map((word) => word.trim())) {
                if (to !== '') relate(service, to);
            }
        }
        if (name === typedIn) {
            elements.push('    typed-here = service');
            relations.push('    typed-here -> c0');
        }
        return [
            name.replace(/\.tsbtopo$/, '.c4'),
            `${index === 0 ? kinds : ''}model {\n${[...elements, ...relations].join('\n')}\n}\n`,
        ] as const;
    });
    return new Map(written);
}
