import * as vscode from 'vscode';
import type { AnnotationState } from '../../server/knowledge/states.js';
import type { SimulationView } from '../../server/protocol/simulation-state.js';

/** "1 failure", "2 failures". */
export function countOfFailures({ failures }: SimulationView): string {
    return countOf(failures.length);
}

export function countOf(failures: number): string {
    return failures === 1 ? vscode.l10n.t('1 failure') : vscode.l10n.t('{0} failures', failures);
}

/** Signs say nothing to a screen reader: these words go with them. */
export function stateWord(state: AnnotationState): string {
    switch (state) {
        case 'failed':
            return vscode.l10n.t('Failed');
        case 'gone':
        case 'total':
            return vscode.l10n.t('Down');
        case 'limited':
            return vscode.l10n.t('Degraded');
        case 'failover':
            return vscode.l10n.t('Failover');
        case 'operators':
            return vscode.l10n.t('Only operators notice');
        case 'spare':
            return vscode.l10n.t('Only a spare is lost');
        case 'held':
            return vscode.l10n.t('Stays up');
    }
}
