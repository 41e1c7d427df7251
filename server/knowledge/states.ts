/**
 * How a thing fares, the gravest first. `failed`: made to fail here; `gone`: went down with something else; `total`,
 * `limited`: down and degraded, for whoever uses it; `failover`: served from elsewhere, after a gap; `operators`: only
 * operators notice; `spare`: runs on with fewer spares; `held`: touched, and up all the same.
 */
export const annotationStates = [
    'failed',
    'gone',
    'total',
    'limited',
    'failover',
    'operators',
    'spare',
    'held',
] as const;

export type AnnotationState = (typeof annotationStates)[number];
