// How each command can print, by the words of its option `--format`; the first is what it does unless told. Help and
// completion know them without what prints.
export const checkFormats = ['text', 'json', 'sarif', 'junit', 'github', 'markdown'] as const;
export const diffFormats = ['text', 'json', 'markdown', 'github'] as const;
export const driftFormats = ['text', 'json', 'github', 'sarif'] as const;
export const matrixFormats = ['text', 'csv', 'markdown', 'json'] as const;
export const pictureFormats = ['svg', 'mermaid', 'dot'] as const;

export type CheckFormat = (typeof checkFormats)[number];
export type DiffFormat = (typeof diffFormats)[number];
export type DriftFormat = (typeof driftFormats)[number];
export type MatrixFormat = (typeof matrixFormats)[number];
export type PictureFormat = (typeof pictureFormats)[number];
