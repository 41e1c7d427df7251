/** The estate is named by any of its files. */
export interface EstateArgument {
    readonly uri: string;
}

export interface ElementArgument extends EstateArgument {
    readonly element: string;
}

/** One of these, which the user chooses. */
export interface ElementsArgument extends EstateArgument {
    readonly elements: readonly string[];
}

/** A place in a file, as the Language Server Protocol counts. */
export interface PlaceArgument extends EstateArgument {
    readonly position: { readonly line: number; readonly character: number };
}

/** Which restart: as an element may restart several times, also when, in seconds. */
export interface RestartArgument extends ElementArgument {
    readonly at: number;
}
