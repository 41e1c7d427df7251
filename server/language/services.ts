import type { LangiumServices } from 'langium/lsp';
import type { TsbtopoChecks } from './checks/register.js';
import type { Estates } from './naming/estates.js';
import type { InternalErrors } from './workspace/internal-errors.js';
import type { LeftOut } from './workspace/left-out.js';
import type { ProjectSettings } from './workspace/project-settings.js';
import type { TsbtopoLinker } from './naming/linker.js';
import type { Today } from './workspace/today.js';
import type { Topologies } from './lower/topologies.js';

/** What this language has beyond the services of every Langium language. */
export interface TsbtopoAddedServices {
    readonly references: {
        readonly Linker: TsbtopoLinker;
    };
    readonly validation: {
        readonly ValidationRegistry: TsbtopoChecks;
    };
    readonly workspace: {
        /** Which files belong together, and what they declare. */
        readonly Estates: Estates;
        /** The estates as plain data. */
        readonly Topologies: Topologies;
        /** The firewall, and what it met. */
        readonly InternalErrors: InternalErrors;
        /** Open files that are no part of the workspace. */
        readonly LeftOut: LeftOut;
        /** Which day it is. */
        readonly Today: Today;
        /** How grave each project takes rules to be. */
        readonly ProjectSettings: ProjectSettings;
    };
}

export type TsbtopoServices = LangiumServices & TsbtopoAddedServices;
