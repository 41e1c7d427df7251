import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { firstItem } from '../../language/syntax/items.js';
import { nodeOfProperty } from '../../language/naming/names.js';
import { fileOf } from '../../estate/file-text.js';
import { insertion } from '../text.js';
import { withItem, withoutItem } from '../write.js';
import { refactoring, type Refactorer } from './refactoring.js';

/** `service shop/cart` and `service cart { namespace shop }` are the same; each becomes the other. */
export const namespaceOfService: Refactorer = function* (node, { write }) {
    const service = AstUtils.getContainerOfType(node, ast.isService);
    if (!service?.name || (node !== service && !ast.isNamespace(node))) return;
    const name = nodeOfProperty(service, 'name');
    const before = nodeOfProperty(service, 'namespace');
    const item = firstItem(service.items, 'Namespace');
    const file = fileOf(service);
    if (service.namespace && before && name && !item) {
        const namespace = write(service.namespace, 'NamespaceName');
        yield refactoring('refactor.rewrite', `Say \`namespace ${namespace}\` on a line of its own`, [
            { uri: file.uri, start: before.offset, end: name.offset, text: '' },
            ...withItem(service, `namespace ${namespace}`),
        ]);
    } else if (item?.name && name && !service.namespace) {
        const namespace = write(item.name, 'NamespaceName');
        yield refactoring('refactor.rewrite', `Say the namespace before the name: \`${namespace}/${name.text}\``, [
            insertion(file, name.offset, `${namespace}/`),
            ...withoutItem(item),
        ]);
    }
};
