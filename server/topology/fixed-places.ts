import { AnchoredPlace } from './place.js';

/**
 * Plain data in objects of its own, at the places where it stands now: for what is kept after its text is another one. Places
 * else move with the files from which they were read.
 */
export function atFixedPlaces<T>(value: T): T {
    return copyOf(value) as T;
}

function copyOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof AnchoredPlace) return value.toJSON();
    if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, copyOf(each)]));
    if (Array.isArray(value)) return value.map(copyOf);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, copyOf(each)]));
}
