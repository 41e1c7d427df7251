/**
 * Where something that can be reached from an object holds a text: as a key or value of maps, sets, lists and objects,
 * however deep. What only closures and weak maps hold is not seen.
 *
 * @returns the ways to the texts
 */
export function mentions(root: object, text: string): string[] {
    const found: string[] = [];
    const seen = new Set<object>([root]);
    const open: [value: object, way: string][] = [[root, '']];
    for (let next = open.pop(); next; next = open.pop()) {
        const [value, way] = next;
        for (const [name, part] of partsOf(value)) {
            const wayToPart = `${way}/${name}`;
            if (typeof part === 'string' && part.includes(text)) found.push(wayToPart);
            if (typeof part !== 'object' || part === null || seen.has(part)) continue;
            seen.add(part);
            open.push([part, wayToPart]);
        }
    }
    return found;
}

function partsOf(value: object): [name: string, part: unknown][] {
    const inside =
        value instanceof Map
            ? [...(value as ReadonlyMap<unknown, unknown>)].flat()
            : value instanceof Set
              ? [...(value as ReadonlySet<unknown>)]
              : [];
    return [
        ...inside.map((part): [string, unknown] => ['[]', part]),
        ...Reflect.ownKeys(value).flatMap((key): [string, unknown][] => {
            const { value: part } = (Object.getOwnPropertyDescriptor(value, key) ?? {}) as { value?: unknown };
            return [
                [String(key), part],
                ['key', key],
            ];
        }),
    ];
}
