import { close, edit, open, revert, save, typeLine } from './documents.js';
import { blink, changeFolder, changeFolders, changeIgnored, changeSettings, removeFile, writeFile } from './files.js';
import { ask, askAndCancel, fail, moveInTime, recover } from './requests.js';
import type { Step } from './step.js';

/** What may happen; the more often it is listed, the likelier. */
export const steps: readonly Step[] = [
    ...[open, open, open, edit, edit, edit, typeLine, typeLine, revert, close, save],
    ...[
        writeFile,
        writeFile,
        blink,
        removeFile,
        changeFolder,
        changeFolder,
        changeIgnored,
        changeFolders,
        changeSettings,
    ],
    ...[ask, ask, ask, askAndCancel, askAndCancel, askAndCancel],
    ...[fail, fail, recover, moveInTime],
];
