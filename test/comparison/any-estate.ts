import fc from 'fast-check';
import { estateThatNeedsCopies } from '../failure/random-copies.js';
import { randomEstate } from '../failure/random-estate.js';
import { estateWithNeeds } from '../failure/random-needs.js';
import { estateWithOutside } from '../failure/random-outside.js';
import { estateWithRelays } from '../failure/random-relays.js';

/** Estates of all kinds that are compared. */
export const anyEstate = fc.oneof(
    randomEstate,
    estateWithRelays,
    estateThatNeedsCopies.map(({ more }) => more),
    estateWithOutside,
    estateWithNeeds,
);
