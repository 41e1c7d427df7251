import { visible } from './visible.js';

/**
 * A text as the message of a command that a workflow of GitHub Actions reads from the log, `::error::message`: it stays
 * what is told, and neither ends the line nor begins another command.
 */
export function workflowMessage(text: string): string {
    return visible(text).replaceAll('%', '%25');
}

/** A text as the value of a property there, `::error file=value::`: it ends neither the value nor the list of them. */
export function workflowProperty(text: string): string {
    return workflowMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
