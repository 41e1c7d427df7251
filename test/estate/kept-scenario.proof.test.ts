import { globSync } from 'node:fs';
import { test } from 'vitest';
import { shareOf } from '../share.js';
import { expectAllKept } from './all-kept.js';

const files = globSync('examples/*.tsbtopo')
    .filter((file) => !/hundred|empty/.test(file))
    .sort();

test.each(shareOf(files))('a simulation of each element of %s is read and kept as a scenario', expectAllKept);
