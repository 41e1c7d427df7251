export function optionsFor(manifest: { readonly repository?: unknown }): string[];
