import { sources, type Confidence, type SourceTag } from '../knowledge/sources.js';

/** Sources, numbered in the order in which a page names them. */
export interface Citations {
    /** " [1]", and how well it is known where that is less than certain. */
    mark(source: SourceTag, confidence: Confidence): string;
    /** The sources that were named, each as a link where it is public. */
    list(): string[];
}

/** The sources of one page. */
export function citations(): Citations {
    const numbers = new Map<SourceTag, number>();
    return {
        mark(source, confidence) {
            const number = numbers.get(source) ?? numbers.size + 1;
            numbers.set(source, number);
            return ` [${number}]${confidence === 'certain' ? '' : ` *(${confidence})*`}`;
        },
        list: () =>
            [...numbers.keys()].map((tag) => {
                const source = sources[tag];
                return 'url' in source ? `[${source.title}](${source.url})` : source.title;
            }),
    };
}
