import { describe } from 'vitest';
import { hostile } from '../encoding/hostile.js';
import { shareOf } from '../share.js';
import { testDrawingsOf } from './drawing-rules.js';
import { paths } from './estates.js';
import { testOverlayOf } from './overlay-rules.js';
import { testChartsOf, testHostileCharts } from './ways-mermaid-rules.js';

describe('what happens', () => testOverlayOf(shareOf(paths)));

describe('a drawing', () => testDrawingsOf(shareOf(paths)));

describe('the ways of those who notice', () => {
    testChartsOf(shareOf(paths));
    testHostileCharts(shareOf([...hostile.keys()]));
});
