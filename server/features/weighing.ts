import { interruptAndCheck } from 'langium';
import type { CancellationToken } from 'vscode-languageserver';
import type { Snapshot } from '../estate/snapshot.js';
import type { Weight } from '../failure/gravity.js';
import { isListed } from '../impact/ranking.js';
import type { Weighed } from '../matrix/matrix.js';
import type { ElementName } from '../topology/element-name.js';
import type { Element } from '../topology/element.js';
import type { Topology } from '../topology/topology.js';

/** So long failures are weighed before somebody else has a turn, milliseconds. */
const slice = 10;

/** How grave the failures of an estate are, found bit by bit, so that some can be shown before all are known. */
export class Weighing {
    private readonly weights = new Map<ElementName, Weight>();
    private readonly toCome: readonly Element[];

    constructor(private readonly estate: Pick<Snapshot, 'elements' | 'blasts'>) {
        const { all } = estate.elements;
        // services before regions, which take long; what no line declares comes last
        this.toCome = [...all.filter(isListed).reverse(), ...all.filter((element) => !isListed(element))];
    }

    /** How many have been weighed, and how many have not. */
    get weighed(): number {
        return this.weights.size;
    }

    get left(): number {
        return this.toCome.length - this.weights.size;
    }

    /** Those that have been weighed, in the order of the files. */
    known(): Weighed[] {
        return this.estate.elements.all.flatMap((element) => {
            const weight = this.weights.get(element.name);
            return weight ? [{ element, weight }] : [];
        });
    }

    /**
     * Goes on, with a turn for others after each slice.
     *
     * @param milliseconds after which it is enough, whatever is left
     * @param isEnough asked between slices
     */
    async goOn(token: CancellationToken, milliseconds = Infinity, isEnough = () => false): Promise<void> {
        const end = performance.now() + milliseconds;
        while (this.left > 0 && performance.now() < end && !isEnough()) {
            const endOfSlice = performance.now() + slice;
            while (this.left > 0 && performance.now() < endOfSlice) {
                const { name } = this.toCome[this.weights.size]!;
                this.weights.set(name, this.estate.blasts.weightOf(name));
            }
            await interruptAndCheck(token);
        }
    }
}

const weighings = new WeakMap<Topology, Weighing>();

/** That of an estate as it stands now, which goes on wherever somebody left it. */
export function weighingOf({ topology, elements, blasts }: Snapshot): Weighing {
    let weighing = weighings.get(topology);
    if (!weighing) weighings.set(topology, (weighing = new Weighing({ elements, blasts })));
    return weighing;
}
