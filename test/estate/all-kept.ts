import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'vitest';
import { keptScenario } from '../../server/estate/kept-scenario.js';
import { judgePromises } from '../../server/estate/promises.js';
import { analysisOf } from '../../server/failure/analysis.js';
import { failing } from '../../server/failure/scenario.js';
import { estate, mainUri } from '../fixture.js';

/** Writes each failure of an estate as a scenario behind it, and expects that all are read, judged and kept. */
export async function expectAllKept(file: string): Promise<void> {
    const text = readFileSync(file, 'utf8');
    const { topology, change } = await estate(text);
    const all = analysisOf(topology).graph.elements.all;
    const scenarios = all.map((element) => keptScenario(topology, element.name, failing([element.name]), 3600)!);
    const { services } = await change({ 'main.tsbtopo': `${text}\n${scenarios.join('\n')}\n` });
    const judged = judgePromises(services.workspace.Estates.of(mainUri)!, services);
    if (!judged || judged === 'unfinished') throw new Error(`${basename(file)} is not judged`);
    const own = judged.verdicts.scenarios.filter(({ scenario }) =>
        scenarios.some((each) => each.includes(`"${scenario.name}"`)),
    );
    expect(own.length).toBe(all.length);
    expect(own.filter(({ verdict }) => verdict.kind !== 'judged')).toEqual([]);
    // where things are that have no place is a question of the estate, and no fault of what is kept
    const faults = judged.problems.filter(({ code }) => code !== 'place-assumed');
    expect(faults.map(({ message }) => message)).toEqual([]);
}
