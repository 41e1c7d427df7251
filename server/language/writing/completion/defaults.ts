import { AstUtils, type AstNode } from 'langium';
import { defaultOf, type DefaultId } from '../../../knowledge/defaults.js';
import { words } from '../../../knowledge/words.js';
import * as ast from '../../generated/ast.js';

/**
 * The default that a text would only spell out: `own` after `listener`, `1h` after `token ttl`.
 *
 * @param type the construct, by the name of its rule
 * @param node where the text is to stand
 */
export function defaultSaidBy(text: string, type: string, node: AstNode | undefined): DefaultId | undefined {
    return defaultsOf(type, node).find((id) => {
        const { says } = defaultOf(id);
        return says === text || says.endsWith(` ${text}`);
    });
}

function defaultsOf(type: string, node: AstNode | undefined): readonly DefaultId[] {
    if (type === 'TelemetryStore') {
        const store = AstUtils.getContainerOfType(node, ast.isTelemetryStore);
        return ['telemetry-store-placement', store?.kind === 'banyandb' ? 'banyandb-path' : 'telemetry-store-path'];
    }
    if (type === 'GitOps' && AstUtils.getContainerOfType(node, ast.isManagementPlane)) {
        return ['management-gitops-off'];
    }
    const id = words.get(type)?.default;
    return id ? [id] : [];
}
