import fc from 'fast-check';

/**
 * Random cases are the same in every run, so that a red one is about the change; what a run with another seed finds
 * (`TSBTOPO_SEED=random npm run test:unit`) becomes a test with that case. A property names the seed of its failure.
 */
const asked = process.env['TSBTOPO_SEED'];
const seed = asked === 'random' ? Math.floor(Math.random() * 2 ** 31) : Number(asked ?? 1);
if (!Number.isSafeInteger(seed)) throw new Error(`TSBTOPO_SEED is 'random' or a whole number, not '${asked}'.`);

fc.configureGlobal({ seed });
