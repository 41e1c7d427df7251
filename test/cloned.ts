import { AnchoredPlace } from '../server/topology/place.js';

/** Plain data in objects of its own, at the places where it stands now. */
export function cloned<T>(value: T): T {
    return cloneOf(value) as T;
}

function cloneOf(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof AnchoredPlace) return value.toJSON();
    if (value instanceof Map) return new Map([...value].map(([key, each]) => [key, cloneOf(each)]));
    if (Array.isArray(value)) return value.map(cloneOf);
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, cloneOf(each)]));
}
