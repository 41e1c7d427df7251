import {
    AstUtils,
    ValidationRegistry,
    type LangiumCoreServices,
    type ValidationCategory,
    type ValidationCheck,
    type ValidationChecks,
} from 'langium';
import { internalErrorMessage } from '../../topology/internal-error.js';
import type { TsbtopoAstType } from '../generated/ast.js';
import type { Estates } from '../naming/estates.js';
import type { InternalErrors } from '../workspace/internal-errors.js';
import { characterChecks } from './characters.js';
import { declarationChecks } from './declarations.js';
import { itemChecks } from './items.js';
import { promiseChecks } from './promises.js';
import { referenceChecks } from './references.js';
import { requirementChecks } from './requirements.js';
import { severalPlacesChecks } from './several-places.js';
import { valueChecks } from './values.js';

/** All checks of the syntax tree. Those of the estate as a whole live in `findings/`. */
export class TsbtopoChecks extends ValidationRegistry {
    constructor(
        services: LangiumCoreServices,
        estates: () => Estates,
        private readonly errors: () => InternalErrors,
    ) {
        super(services);
        const all: ValidationChecks<TsbtopoAstType>[] = [
            declarationChecks(estates),
            itemChecks,
            valueChecks,
            referenceChecks,
            severalPlacesChecks,
            characterChecks,
            promiseChecks(estates),
            requirementChecks,
        ];
        all.forEach((checks) => this.register<TsbtopoAstType>(checks));
    }

    private readonly known = new Map<string, (type: string) => readonly ValidationCheck[]>();

    /** A function that tells the checks of a type of node, each looked up once; the same one while the checks are. */
    checksFor(categories: ValidationCategory[] | undefined): (type: string) => readonly ValidationCheck[] {
        const key = categories?.join() ?? '*';
        const byType = new Map<string, readonly ValidationCheck[]>();
        const known =
            this.known.get(key) ??
            ((type) => {
                const checks = byType.get(type) ?? this.getChecks(type, categories).toArray();
                byType.set(type, checks);
                return checks;
            });
        this.known.set(key, known);
        return known;
    }

    protected override addEntry(...entry: Parameters<ValidationRegistry['addEntry']>): void {
        super.addEntry(...entry);
        this.known?.clear();
    }

    /** A check that fails is a mistake of this tool: it costs a message, not the other checks or the server. */
    protected override wrapValidationException(check: ValidationCheck, thisObj: unknown): ValidationCheck {
        return (node, accept, cancelToken) => {
            const fail = (error: unknown) => {
                const uri = AstUtils.getDocument(node).uri.toString();
                this.errors().tell({ doing: 'checking', uri, error });
                accept('error', internalErrorMessage('checking', error), { node, code: 'internal-error' });
            };
            try {
                const result = check.call(thisObj, node, accept, cancelToken);
                return result instanceof Promise ? result.catch(fail) : undefined;
            } catch (error) {
                return fail(error);
            }
        };
    }
}
