import type { Metafile } from 'esbuild';

export function packagesIn(metafile: Metafile): string[];
export function noticesOf(folders: readonly string[], root?: string): string;
