import {
    isOperationCancelled,
    ValidationRegistry,
    type AstNode,
    type ValidationAcceptor,
    type ValidationCategory,
    type ValidationCheck,
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

    private readonly known = new Map<string, readonly ValidationCheck[]>();

    /** The checks of a type of node; looked up once. */
    checksFor(type: string, categories: readonly ValidationCategory[] | undefined): readonly ValidationCheck[] {
        const key = [type, ...(categories ?? ['*'])].join(' ');
        const checks = this.known.get(key) ?? this.getChecks(type, categories && [...categories]).toArray();
        this.known.set(key, checks);
        return checks;
    }

    protected override addEntry(...entry: Parameters<ValidationRegistry['addEntry']>): void {
        super.addEntry(...entry);
        this.known?.clear();
    }

    /** A check that fails is a mistake of this tool: it costs one message, not the other checks or the server. */
    protected override wrapValidationException(check: ValidationCheck, thisObj: unknown): ValidationCheck {
        return (node, accept, cancelToken) => {
            try {
                const result = check.call(thisObj, node, accept, cancelToken);
                return result instanceof Promise
                    ? result.catch((error: unknown) => reportFailure(error, accept, node))
                    : undefined;
            } catch (error) {
                return reportFailure(error, accept, node);
            }
        };
    }
}

function reportFailure(error: unknown, accept: ValidationAcceptor, node: AstNode): void {
    if (isOperationCancelled(error)) {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- this is how Langium cancels
        throw error;
    }
    const reason = error instanceof Error ? error.message : String(error);
    accept('error', `A check of this tool failed: ${reason}`, { node, code: 'internal-error' });
}
