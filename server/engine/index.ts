/**
 * Fault propagation in graphs of gates: no domain, no sentences, no imports. It could be published as it is.
 */
export type { Adjacency, GateGraph, Gates, Neighbours, NodeIndex, Spreading, Walk } from './graph.js';
export { below, type Below } from './below.js';
export { createGraphBuilder, createReasons, type GraphBuilder, type Numbers, type Reasons } from './builder.js';
export type { Patient, Piece, Stretch } from './piece.js';
export { joined, lastUpTo, patience } from './pieces.js';
export { numbersOf } from './neighbours.js';
export { numbersBeside, numbersLike, unusedIn, type NumbersBeside } from './numbers.js';
export {
    createPropagation,
    grow,
    growKnown,
    propagate,
    propagateOn,
    shrink,
    shrinkKnown,
    withScratch,
    type Change,
    type Propagation,
} from './propagate.js';
export { sweepOf, type Failed, type Sweep } from './sweep.js';
export { pairingOf, type Pairing, type Pairs } from './pairs.js';
export { chains, type Cause, type Chain } from './explain.js';
export { stronglyConnected } from './connected.js';
