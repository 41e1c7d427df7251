/** What a client tells the server when it starts. */
export interface InitializationOptions {
    /** The client has the commands of the VS Code extension, so lenses and hovers may link to them. */
    readonly clientCommands?: boolean;
    /** Address of the folder with the documentation, to which diagnostics link. */
    readonly docs?: string;
    /** The client answers {@link fileRequests}. */
    readonly readsFiles?: boolean;
}

/** Commands of the VS Code extension to which lenses and hovers link. */
export const clientCommands = {
    simulatePart: 'tsbtopo.simulatePart',
    simulateOneOf: 'tsbtopo.simulateOneOf',
    simulateFailure: 'tsbtopo.simulateFailure',
    showSimulation: 'tsbtopo.showSimulation',
    explainFailover: 'tsbtopo.explainFailover',
    mayITakeDown: 'tsbtopo.mayITakeDown',
    showPicture: 'tsbtopo.showPicture',
    whatCanIStillDo: 'tsbtopo.whatCanIStillDo',
    whatWouldHurtNext: 'tsbtopo.whatWouldHurtNext',
} as const;
