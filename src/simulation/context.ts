import type { Pages } from './pages.js';
import type { RunningSimulations } from './running.js';
import type { SimulationServer } from './server.js';

/** What the commands work with. */
export interface SimulationContext {
    readonly running: RunningSimulations;
    readonly server: SimulationServer;
    readonly pages: Pages;
}
