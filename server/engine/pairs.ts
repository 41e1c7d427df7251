import { gatheringsIn, type Gatherings, type Lists } from './gatherings.js';
import type { NodeIndex, Spreading } from './graph.js';
import type { Failed } from './sweep.js';

/** Pairs of failures, by their numbers: `a` with each of `others[offsets[a]]` up to `others[offsets[a + 1]]`, all larger. */
export interface Pairs {
    readonly count: number;
    readonly offsets: Int32Array;
    readonly others: Int32Array;
}

/** Is told of failures one after the other, and then tells which of them do more in pairs. */
export interface Pairing {
    /** The next failure: all that fails with it. */
    readonly add: (failed: Failed) => void;
    /** All pairs of these failures that do more than both of their parts. */
    readonly pairs: () => Pairs;
}

/**
 * Finds the pairs of failures that do more than both of their parts. By the *first-loss lemma* those are few: whatever such a
 * pair loses first is a gate that neither of the two closes alone, and whose inputs they take together. So for each gate it is
 * looked up which failures take which of its inputs, and those are paired that take enough of them.
 *
 * @param groups nodes of which several may do more together, without a gate that would say so
 */
export function pairingOf(graph: Spreading, groups: readonly (readonly NodeIndex[])[] = []): Pairing {
    const gatherings = gatheringsIn(graph, groups);
    const failed = new Numbers();
    const ends = new Numbers();
    return {
        add({ nodes, count }) {
            for (let index = 0; index < count; index++)
                if (gatherings.isAskedFor[nodes[index]!]) failed.push(nodes[index]!);
            ends.push(failed.length);
        },
        pairs: () => distinct(completions(gatherings, failuresByNode(failed, ends, graph), ends.length), ends.length),
    };
}

/** Grows as it is written to. */
class Numbers {
    all = new Int32Array(1_024);
    length = 0;

    /** Makes room for so many more. @returns the place of the first of them; they are yet to be written */
    extend(count: number): number {
        const first = this.length;
        this.length += count;
        if (this.length > this.all.length) {
            const larger = new Int32Array(2 * this.length);
            larger.set(this.all);
            this.all = larger;
        }
        return first;
    }

    push(number: number): number {
        const place = this.extend(1);
        this.all[place] = number;
        return place;
    }
}

/** Of each node the failures that take it, in order. */
function failuresByNode(failed: Numbers, ends: Numbers, { thresholds }: Spreading): Lists {
    const offsets = new Int32Array(thresholds.length + 1);
    for (let index = 0; index < failed.length; index++) offsets[failed.all[index]! + 1]!++;
    for (let node = 0; node < thresholds.length; node++) offsets[node + 1]! += offsets[node]!;
    const next = offsets.slice();
    const all = new Int32Array(failed.length);
    for (let failure = 0, index = 0; failure < ends.length; failure++)
        for (; index < ends.all[failure]!; index++) all[next[failed.all[index]!]!++] = failure;
    return { offsets, all };
}

// ------------------------------------------------------------------------------------------------------------ pairs

/** The pairs, two numbers each, some more than once. */
function completions({ count, nodes, thresholds, gates }: Gatherings, failures: Lists, length: number): Numbers {
    const found = new Numbers();
    const takers = takersIn(failures, length);
    const listOf = ({ offsets, all }: Lists, index: number) => all.subarray(offsets[index], offsets[index + 1]);
    for (let gathering = 0; gathering < count; gathering++) {
        const [some, lost] = [listOf(nodes, gathering), listOf(gates, gathering)];
        const threshold = thresholds[gathering]!;
        if (takers.look(some, lost, threshold)) takers.pair(threshold, found);
        else
            for (let gate = 0; gate < lost.length; gate++)
                if (takers.look(some, lost.subarray(gate, gate + 1), threshold)) takers.pair(threshold, found);
    }
    return found;
}

/**
 * The failures that take some of a gathering without losing its gates, in groups of those that take the same: a mask with a bit
 * for each place tells what, in as many words as that needs. Used again for each gathering, since there are many of them.
 */
function takersIn({ offsets, all }: Lists, count: number) {
    // of each taker: which failure it is, how many nodes it takes, and where its mask is; -1 where it has no partner
    const [failures, counts, masks] = [new Numbers(), new Numbers(), new Numbers()];
    /** Of each failure: whether it loses gates (even), or is a taker (odd), with the number of the look. */
    const state = new Int32Array(count);
    /** How many of the gates a failure loses. */
    const losses = new Int32Array(count);
    const takerOf = new Int32Array(count);
    const words = new Numbers();
    // of each group: a taker, and the last of its members; before each taker comes another one of its group
    const [groups, members, before] = [new Numbers(), new Numbers(), new Numbers()];
    let look = 0;
    let wordsOfMask = 1;
    const isAlike = (one: number, other: number) => {
        if (counts.all[one] !== counts.all[other]) return false;
        const [a, b] = [masks.all[one]!, masks.all[other]!];
        for (let word = 0; word < wordsOfMask; word++) if (words.all[a + word] !== words.all[b + word]) return false;
        return true;
    };
    const noteLosses = (gates: Int32Array) => {
        for (const gate of gates) {
            for (let at = offsets[gate]!, end = offsets[gate + 1]!; at < end; at++) {
                const failure = all[at]!;
                if (state[failure] !== look) losses[failure] = 0;
                state[failure] = look;
                losses[failure]!++;
            }
        }
    };
    /** Notes who takes any of these. @returns the most that anybody takes; -1 where a taker loses some of the gates, but not all */
    const noteTakers = (nodes: Int32Array, gates: Int32Array) => {
        let most = 0;
        for (const node of nodes) {
            for (let at = offsets[node]!, end = offsets[node + 1]!; at < end; at++) {
                const failure = all[at]!;
                if (state[failure] === look) {
                    if (losses[failure]! < gates.length) return -1;
                    continue;
                }
                if (state[failure] !== look + 1) {
                    state[failure] = look + 1;
                    takerOf[failure] = failures.push(failure);
                    counts.push(0);
                }
                most = Math.max(most, ++counts.all[takerOf[failure]!]!);
            }
        }
        return most;
    };
    const writeMasks = (nodes: Int32Array) => {
        for (let place = 0; place < nodes.length; place++) {
            const node = nodes[place]!;
            for (let at = offsets[node]!, end = offsets[node + 1]!; at < end; at++) {
                const failure = all[at]!;
                const mask = state[failure] === look ? -1 : masks.all[takerOf[failure]!]!;
                if (mask >= 0) words.all[mask + (place >> 5)]! |= 1 << (place & 31);
            }
        }
    };
    /** Groups those takers that have a partner. */
    const group = (nodes: Int32Array, most: number, threshold: number) => {
        wordsOfMask = (nodes.length + 31) >> 5;
        for (let taker = 0; taker < counts.length; taker++)
            masks.push(counts.all[taker]! + most < threshold ? -1 : words.extend(wordsOfMask));
        words.all.fill(0, 0, words.length);
        writeMasks(nodes);
        for (let taker = 0; taker < counts.length; taker++) {
            before.push(-1);
            if (masks.all[taker]! < 0) continue;
            let group = 0;
            while (group < groups.length && !isAlike(groups.all[group]!, taker)) group++;
            if (group === groups.length) {
                groups.push(taker);
                members.push(-1);
            }
            before.all[taker] = members.all[group]!;
            members.all[group] = taker;
        }
    };
    /** How much is taken by one group or the other. */
    const joint = (one: number, other: number) => {
        const [a, b] = [masks.all[groups.all[one]!]!, masks.all[groups.all[other]!]!];
        let taken = 0;
        for (let word = 0; word < wordsOfMask; word++)
            for (let rest = words.all[a + word]! | words.all[b + word]!; rest !== 0; rest &= rest - 1) taken++;
        return taken;
    };
    const pairMembers = (one: number, other: number, found: Numbers) => {
        for (let a = one; a >= 0; a = before.all[a]!) {
            for (let b = other; b >= 0; b = before.all[b]!) {
                const at = found.extend(2);
                found.all[at] = Math.min(failures.all[a]!, failures.all[b]!);
                found.all[at + 1] = Math.max(failures.all[a]!, failures.all[b]!);
            }
        }
    };
    return {
        /**
         * Looks at a gathering. Whoever loses its gates cannot complete their loss. A failure may lose some of several gates only,
         * which have been made to fail themselves: then it depends on the partner whether the others matter, and each gate has
         * to be looked at by itself.
         *
         * @param gates that are lost with so many of the nodes
         * @returns whether all of these gates can be looked at together
         */
        look(nodes: Int32Array, gates: Int32Array, threshold: number): boolean {
            look += 2;
            failures.length = counts.length = masks.length = words.length = 0;
            groups.length = members.length = before.length = 0;
            noteLosses(gates);
            const most = noteTakers(nodes, gates);
            if (2 * most >= threshold) group(nodes, most, threshold);
            return most >= 0;
        },
        /** The pairs of those just looked at that take so many. */
        pair(threshold: number, found: Numbers) {
            for (let one = 0; one < groups.length; one++)
                for (let other = 0; other < one; other++)
                    if (joint(one, other) >= threshold) pairMembers(members.all[one]!, members.all[other]!, found);
        },
    };
}

/** Each once, by its smaller part. */
function distinct(pairs: Numbers, count: number): Pairs {
    const ends = new Int32Array(count + 1);
    for (let pair = 0; pair < pairs.length; pair += 2) ends[pairs.all[pair]! + 1]!++;
    for (let failure = 0; failure < count; failure++) ends[failure + 1]! += ends[failure]!;
    const next = ends.slice();
    const sorted = new Int32Array(pairs.length >> 1);
    for (let pair = 0; pair < pairs.length; pair += 2) sorted[next[pairs.all[pair]!]!++] = pairs.all[pair + 1]!;
    const pairedWith = new Int32Array(count).fill(-1);
    const offsets = new Int32Array(count + 1);
    let length = 0;
    for (let failure = 0; failure < count; failure++) {
        for (let pair = ends[failure]!; pair < ends[failure + 1]!; pair++) {
            const partner = sorted[pair]!;
            if (pairedWith[partner] === failure) continue;
            pairedWith[partner] = failure;
            // never ahead of what is read
            sorted[length++] = partner;
        }
        offsets[failure + 1] = length;
    }
    return { count: length, offsets, others: sorted.subarray(0, length) };
}
