import {
    ValidationRegistry,
    type AstNode,
    type MaybePromise,
    type ValidationAcceptor,
    type ValidationChecks,
} from 'langium';
import type { TsbtopoAstType } from '../generated/ast.js';
import type { TsbtopoServices } from '../services.js';
import { declarationChecks } from './declarations.js';
import { itemChecks } from './items.js';
import { referenceChecks } from './references.js';
import { valueChecks } from './values.js';

/** All checks of the syntax tree. Those of the estate as a whole live in `findings/`. */
export class TsbtopoChecks extends ValidationRegistry {
    constructor(services: TsbtopoServices) {
        super(services);
        const all: ValidationChecks<TsbtopoAstType>[] = [
            declarationChecks(() => services.workspace.Estates),
            itemChecks,
            valueChecks,
            referenceChecks,
        ];
        all.forEach((checks) => this.register<TsbtopoAstType>(checks));
    }

    /** A check that fails is a mistake of this tool: it costs one message, not the other checks or the server. */
    protected override async handleException(
        check: () => MaybePromise<void>,
        messageContext: string,
        accept: ValidationAcceptor,
        node: AstNode,
    ): Promise<void> {
        const withCode: ValidationAcceptor = (severity, message, info) =>
            accept(severity, message, { ...info, code: 'internal-error' });
        return super.handleException(check, messageContext, withCode, node);
    }
}
