import * as ast from '../../language/generated/ast.js';
import { fileOf } from '../../estate/file-text.js';
import { isGenerated } from '../../language/lower/joined.js';
import { managementClusterOf } from '../declare.js';
import type { Fix, Fixer, Surroundings } from '../fix.js';
import { fix, mostVariants } from '../words.js';
import { appended, managementPlane, nodeOf, replaced, withNested, type Level } from '../write.js';

const postgres: Level = { isType: ast.isPostgres, words: 'postgres' };
const signingKey: Level = {
    isType: (node) => ast.isSecret(node) && node.kind === 'iam-signing-key',
    words: 'iam-signing-key',
};

function telemetryStore({ topology }: Surroundings): Level {
    const cluster = topology.clusters.find((each) => each.kind === 'management');
    return { isType: ast.isTelemetryStore, words: cluster?.managementPlane.telemetryStore.kind ?? 'elasticsearch' };
}

/** Something that is said to have no backup, or of which nothing is said. */
const backup = (level: (around: Surroundings) => Level, items: readonly string[]): Fixer =>
    function* (_, around) {
        const management = managementClusterOf(around);
        if (!management) return;
        for (const item of items) yield saying(item, management, level(around));
    };

function saying(item: string, management: ast.ManagementCluster, level: Level): Fix | undefined {
    const plane = management.items.find(ast.isManagementPlane);
    const kept = plane?.items.find(level.isType);
    const none = kept && 'items' in kept ? kept.items.find(ast.isNoBackup) : undefined;
    const title = `Say \`${level.words} { ${item} }\``;
    if (none && !item.startsWith('replicas')) return fix(title, replaced(none, item));
    return fix(title, withNested(management, [managementPlane, level], item));
}

export const postgresUnprotected = backup(() => postgres, ['backup every 1h', 'replicas 3']);
export const postgresUnsaid = backup(() => postgres, ['backup every 1h', 'replicas 3', 'no backup']);
export const signingKeyUnprotected = backup(() => signingKey, ['backup']);
export const signingKeyUnsaid = backup(() => signingKey, ['backup', 'no backup']);
export const telemetryStoreUnprotected = backup(telemetryStore, ['backup every 1d', 'replicas 3']);
export const telemetryStoreUnsaid = backup(telemetryStore, ['backup every 1d', 'replicas 3', 'no backup']);

/** A backup that stands where the original stands. */
export const backupSharesFate: Fixer = function* ({ at }, around) {
    const place = nodeOf(around, at, ast.isPlace);
    if (!place) return;
    const others = around.topology.regions.filter(({ name }) => name !== place.region?.ref?.name);
    for (const { name } of others.slice(0, mostVariants)) {
        yield fix(`Keep it in \`${name}\``, replaced(place, around.write(name, 'RegionName')));
    }
};

/** A backup that goes with the management plane; or replicas that do, and no backup at all. */
export const notRestorable: Fixer = function* (problem, around) {
    if (nodeOf(around, problem.at, ast.isPlace)) {
        yield* backupSharesFate(problem, around);
        return;
    }
    const management = managementClusterOf(around);
    if (!management) return;
    const others = around.topology.regions.filter(({ name }) => name !== management.place?.region?.ref?.name);
    for (const { name } of others.slice(0, mostVariants)) {
        yield saying(`backup every 1h in ${around.write(name, 'RegionName')}`, management, postgres);
    }
};

/** A way of metrics that nobody said: each that there is. */
export const telemetryPathAssumed: Fixer = function* (_, around) {
    const management = managementClusterOf(around);
    const plane = management?.items.find(ast.isManagementPlane);
    const store = plane?.items.find(ast.isTelemetryStore);
    if (!management) return;
    for (const path of ['via front-envoy', 'direct']) {
        const said = store ? headOf(store) : 'elasticsearch internal';
        const title = `Say \`${said} ${path}\``;
        if (!store || isGenerated(fileOf(store).uri))
            yield fix(title, withNested(management, [managementPlane], `${said} ${path}`));
        else yield fix(title, placeOfPath(store, path));
    }
};

/** The store up to where its path is said. */
function headOf(store: ast.TelemetryStore): string {
    return [store.kind, store.placement, store.place && `in ${store.place.$cstNode?.text}`].filter(Boolean).join(' ');
}

function placeOfPath(store: ast.TelemetryStore, path: string) {
    const behind = store.place ? 'place' : store.placement ? 'placement' : 'kind';
    return appended(store, ` ${path}`, behind);
}
