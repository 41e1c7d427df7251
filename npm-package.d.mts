export function packForNpm(dist: string, into: string): string;
