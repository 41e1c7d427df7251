import type { MatrixQuery } from '../../../server/protocol/matrix.js';
import { byId } from './page.js';

/** For how long typing into the filter has to pause, milliseconds. */
const typingPause = 180;

const filter = byId<HTMLInputElement>('filter');
const group = byId<HTMLSelectElement>('group');
const sort = byId<HTMLSelectElement>('sort');
const byColumn = byId<HTMLOptionElement>('by-column');
const components = byId<HTMLInputElement>('components');

/** Lets the tools say what somebody wants to see. @param titleOf the title of a column */
export function showQuery(query: MatrixQuery, titleOf: (column: number) => string): void {
    filter.value = query.filter;
    group.value = query.group ?? '';
    components.checked = !query.declared;
    byColumn.hidden = typeof query.sort !== 'number';
    if (typeof query.sort === 'number') byColumn.textContent = titleOf(query.sort);
    sort.value = typeof query.sort === 'number' ? 'column' : query.sort;
}

/** What the tools say now. @param before as somebody wanted it until now */
function queryNow(before: MatrixQuery): MatrixQuery {
    const by = group.value as NonNullable<MatrixQuery['group']> | '';
    return {
        ...(by !== '' && { group: by }),
        declared: !components.checked,
        filter: filter.value,
        sort: sort.value === 'column' ? before.sort : (sort.value as 'gravity' | 'name'),
    };
}

/** Tells what somebody wants to see from now on, and when somebody goes on to the rows. */
export function onTools(changed: (now: (before: MatrixQuery) => MatrixQuery) => void, enterRows: () => void): void {
    let typing: ReturnType<typeof setTimeout> | undefined;
    filter.addEventListener('input', () => {
        clearTimeout(typing);
        typing = setTimeout(() => changed(queryNow), typingPause);
    });
    for (const element of [group, sort, components]) element.addEventListener('change', () => changed(queryNow));
    byId('tools').addEventListener('submit', (event) => event.preventDefault());
    filter.addEventListener('keydown', ({ key }) => {
        if (key === 'ArrowDown') enterRows();
    });
}
