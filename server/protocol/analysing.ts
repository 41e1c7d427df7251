/** Sent by the server when it begins to read and check files, and when everything of them is known. */
export const analysing = 'tsbtopo/analysing';

export type Analysing =
    | { readonly kind: 'begin' }
    | {
          readonly kind: 'end';
          readonly milliseconds: number;
          /** How many topologies there are now. */
          readonly topologies: number;
          /** Of open documents: what was read. */
          readonly versions: readonly { readonly uri: string; readonly version: number }[];
      };
