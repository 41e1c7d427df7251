/** A page of the documentation, which the build puts into the program as text. */
declare module '*.md' {
    const text: string;
    export default text;
}
