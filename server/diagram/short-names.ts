import type { Box, Card } from './box.js';

/** In a folded region names go without the region that begins them: `front` of `na-east-front`. */
export function withoutRegion(card: Card, region: string): Card {
    const short = <T extends Box>(box: T): T => {
        const name = shortName(box.name, region);
        return name === box.name ? box : { ...box, name, whole: box.name };
    };
    return {
        ...short(card),
        doors: card.doors.map(short),
        cells: card.cells.map(short),
        counted: card.counted.map((name) => shortName(name, region)),
    };
}

function shortName(name: string, region: string): string {
    if (region === '' || !name.startsWith(region)) return name;
    return name.slice(region.length).replace(/^[-_./]/, '') || name;
}

/** Hosts of one suffix, which goes to the second line: `na-east` of `na-east.shop.example.com`. */
export function withoutSuffix(hosts: readonly Box[]): readonly Box[] {
    const [first, ...others] = hosts;
    if (!first || others.length < 3) return hosts;
    const labels = first.name.split('.');
    const suffix = labels
        .map((_, index) => `.${labels.slice(index + 1).join('.')}`)
        .find((each) => each.length > 1 && hosts.every(({ name }) => name.endsWith(each)));
    if (suffix === undefined) return hosts;
    return hosts.map((host) => ({
        ...host,
        name: host.name.slice(0, -suffix.length),
        whole: host.name,
        detail: suffix,
    }));
}
