import { DefaultServiceRegistry, type LangiumCoreServices } from 'langium';

/**
 * There is one language. Langium finds it by the ending of a file's name, or by what the editor says of an open one; but a
 * file that an editor has just closed has neither, and still has to be taken out of the workspace.
 */
export class TsbtopoServiceRegistry extends DefaultServiceRegistry {
    override getServices(): LangiumCoreServices {
        return this.all[0]!;
    }
}
