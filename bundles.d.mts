import type { BuildOptions } from 'esbuild';

export const forNode: BuildOptions;
export function forCommandLine(version: string): BuildOptions;
