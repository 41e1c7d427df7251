import { resolve } from 'node:path';
import { estateIn } from './estate-in.js';

export const folder = resolve(import.meta.dirname, 'estate');

/** An estate of four clusters, as people have it: objects of both spellings, a template, dumps. */
export const files: Readonly<Record<string, string>> = estateIn(folder);
