const senses = new WeakMap<object, object>();

/**
 * What a declaration means: the same object as long as all names in it mean the same. What is found out of a declaration and of
 * nothing else but the names around it hangs on this object, in a `WeakMap`, and goes with it.
 *
 * @param declaration or all of a file, as the list in its tree
 */
export function senseOf(declaration: object): object {
    return senses.get(declaration) ?? declaration;
}

/** A name in a declaration may mean something else now, or what bears that name may have changed. */
export function loseSense(declaration: object): void {
    senses.set(declaration, {});
}
