/** A text as a label of VS Code that draws icons, `$(bell)`: it draws none that the text asks for. */
export function iconless(text: string): string {
    return text.replace(/\$\((?=[a-z0-9~-]+\))/gi, '\\$&');
}

/** A text as a notification of VS Code or a message of SARIF, which make links of `[text](address)`: they make none of this. */
export function linkless(text: string): string {
    return text.replaceAll('](', '] (');
}
