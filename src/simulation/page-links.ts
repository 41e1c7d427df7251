/** A link of a page whose address has a scheme. */
const link = /\[((?:[^[\]\\]|\\.)*)\]\(([a-z][\w+.-]*:[^()\s]*)\)/gi;

/**
 * A page as the preview of Markdown can show it, which runs no commands and opens files by their path only: links lead on,
 * or are plain text.
 *
 * @param pathOf the path of a file from the root of the workspace; undefined for what lies elsewhere
 */
export function inPreview(markdown: string, pathOf: (uri: string) => string | undefined): string {
    return markdown.replace(link, (whole, label: string, address: string) => {
        if (/^https?:/i.test(address)) return whole;
        if (/^command:/i.test(address)) return label;
        const [uri = '', line] = address.split('#');
        const path = pathOf(uri);
        return path === undefined ? label : `[${label}](${path}${line === undefined ? '' : `#${line}`})`;
    });
}
