import { DefaultWorkspaceManager, type BuildOptions } from 'langium';

/** Checks every file of the workspace from the start, whether it is open or not. */
export class TsbtopoWorkspaceManager extends DefaultWorkspaceManager {
    override initialBuildOptions: BuildOptions = { validation: true };
}
