import { paths } from '../diagram/estates.js';
import { shareOf } from '../share.js';
import { testCellsOf } from './cell-rules.js';

testCellsOf(shareOf(paths));
