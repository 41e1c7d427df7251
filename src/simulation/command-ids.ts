import { clientCommands } from '../../server/protocol/client.js';

/** Commands of this client; package.json contributes them. The server's own are not among them. */
export const commandIds = {
    ...clientCommands,
    recoverElement: 'tsbtopo.recoverElement',
    clearSimulation: 'tsbtopo.clearSimulation',
    showRunbook: 'tsbtopo.showRunbook',
    simulateRow: 'tsbtopo.failures.simulate',
    recoverRow: 'tsbtopo.failures.recover',
    clearRow: 'tsbtopo.failures.clear',
    restartServer: 'tsbtopo.restartServer',
    showOutput: 'tsbtopo.showOutput',
    reportIssue: 'tsbtopo.reportIssue',
    nextEvent: 'tsbtopo.nextEvent',
    previousEvent: 'tsbtopo.previousEvent',
    goToTime: 'tsbtopo.goToTime',
    lastFor: 'tsbtopo.lastFor',
    restartElement: 'tsbtopo.restartElement',
    nextChange: 'tsbtopo.nextChange',
    whatHappensWhen: 'tsbtopo.whatHappensWhen',
    copyCommandLine: 'tsbtopo.copyCommandLine',
    copyLink: 'tsbtopo.copyLink',
    copyMarkdown: 'tsbtopo.copyMarkdown',
} as const;
