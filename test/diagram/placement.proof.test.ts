import { shareOf } from '../share.js';
import { paths } from './estates.js';
import { testPlacesOf } from './placement-rules.js';

testPlacesOf(shareOf(paths));
