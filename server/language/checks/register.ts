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
import { characterChecks } from './characters.js';
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
            characterChecks,
        ];
        all.forEach((checks) => this.register<TsbtopoAstType>(checks));
    }

    private readonly known = new Map<string, Map<string, readonly ValidationCheck[]>>();

    /** A function that tells the checks of a type of node, each looked up once. */
    checksFor(categories: ValidationCategory[] | undefined): (type: string) => readonly ValidationCheck[] {
        const key = categories?.join() ?? '*';
        const byType = this.known.get(key) ?? new Map<string, readonly ValidationCheck[]>();
        this.known.set(key, byType);
        return (type) => {
            const checks = byType.get(type) ?? this.getChecks(type, categories).toArray();
            byType.set(type, checks);
            return checks;
        };
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
