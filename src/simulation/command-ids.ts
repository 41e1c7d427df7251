import { clientCommands } from '../../server/simulation/protocol.js';

/** Commands of this client about the simulation; package.json contributes them. The server's own are not among them. */
export const commandIds = {
    ...clientCommands,
    recoverElement: 'tsbtopo.recoverElement',
    clearSimulation: 'tsbtopo.clearSimulation',
    showRunbook: 'tsbtopo.showRunbook',
} as const;
