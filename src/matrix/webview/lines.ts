import type { MatrixLine } from '../../../server/protocol/matrix.js';

/** So many lines are asked for at once. */
const pieceLength = 100;

/** Of more lines the first that were read are forgotten. */
const mostLines = 2_000;

/** The lines that the page has, by their places. While those of a new order are on their way, the last ones stay in sight. */
export class Lines {
    private readonly known = new Map<number, MatrixLine>();
    private readonly stale = new Map<number, MatrixLine>();

    /** What is known of a line. */
    at(place: number): MatrixLine | undefined {
        return this.known.get(place) ?? this.stale.get(place);
    }

    /** Everything has to be asked for anew. */
    forget(): void {
        this.stale.clear();
        for (const [place, line] of this.known) this.stale.set(place, line);
        this.known.clear();
    }

    take(from: number, lines: readonly MatrixLine[]): void {
        for (const [index, line] of lines.entries()) {
            this.known.set(from + index, line);
            this.stale.delete(from + index);
        }
        for (const place of this.known.keys()) {
            if (this.known.size <= mostLines) break;
            this.known.delete(place);
        }
    }

    /** What of the lines in sight is missing, with some around; undefined where nothing is. */
    missing(first: number, behind: number, all: number): { readonly from: number; readonly to: number } | undefined {
        for (let place = first; place < Math.min(behind, all); place++) {
            if (this.known.has(place)) continue;
            const from = Math.max(0, place - (place === first ? pieceLength / 2 : 0));
            return { from, to: Math.min(all, from + pieceLength + (behind - first)) };
        }
        return undefined;
    }
}
