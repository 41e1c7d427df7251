/** Every command of `tsbtopo`, in the order of its help. */
export const commands = [
    'check',
    'diff',
    'elements',
    'simulate',
    'path',
    'picture',
    'import',
    'matrix',
    'report',
    'format',
    'explain',
    'completion',
];
