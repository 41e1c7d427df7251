import { xml } from '../encoding/xml.js';
import type { Gravity } from '../failure/gravity.js';
import { gravityWords } from '../impact/gravity-words.js';
import { severityWords, type Severity } from '../knowledge/operations.js';
import type { SourceLocation } from '../topology/topology.js';

/** The class of a sign, short since a matrix has it thousands of times; none where nothing happens. */
export const gravityClass: Readonly<Record<Gravity, string>> = {
    down: 't',
    degraded: 'l',
    failover: 'f',
    operators: 'o',
    spare: 'p',
    none: 'n',
};

export const severityClass: Readonly<Record<Severity, string>> = { total: 't', limited: 'l', unaffected: 'n' };

/** A sign for who notices; a screen reader says the words. */
export function gravitySign(gravity: Gravity): string {
    return `<span class="s ${gravityClass[gravity]}">${gravityWords[gravity]}: </span>`;
}

/** The same of an operation, with its word in sight. */
export function severityMark(severity: Severity): string {
    return `<span class="s ${severityClass[severity]}"></span>${severityWords[severity]}`;
}

/** A section with a heading; nothing where it is empty. */
export function section(id: string, title: string, parts: readonly string[], look = ''): string {
    const content = parts.filter((part) => part !== '').join('\n');
    if (content === '') return '';
    return `<section id="${id}"${look === '' ? '' : ` class="${look}"`} aria-labelledby="${id}-title">\n<h2 id="${id}-title">${title}</h2>\n${content}\n</section>`;
}

/** A list with a heading within a failure; nothing where it is empty. @param items HTML */
export function listed(title: string, items: readonly string[], { tag = 'ul', look = '' } = {}): string {
    if (items.length === 0) return '';
    const as = look === '' ? '' : ` class="${look}"`;
    return `<div><h4>${title}</h4><${tag}${as}>${items.map((item) => `<li>${item}`).join('')}</${tag}></div>`;
}

/** "clusters.tsbtopo:12": the last part of an address, since where files stand differs from machine to machine. */
export function placeOf({ uri, range }: SourceLocation): string {
    return xml(`${fileName(uri)}:${range.start.line + 1}`);
}

/** The name of a file, without where it stands. */
export function fileName(uri: string): string {
    const last = uri.slice(uri.lastIndexOf('/') + 1);
    try {
        return decodeURIComponent(last);
    } catch {
        return last;
    }
}
