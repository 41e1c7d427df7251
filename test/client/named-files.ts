import manifest from '../../package.json' with { type: 'json' };
import { annotationStates as states } from '../../server/knowledge/states.js';
import { exampleNames } from '../../src/examples/names.js';

const { grammars, languages, views, viewsContainers, walkthroughs } = manifest.contributes;
const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

/** What the manifest names, relative to its own folder. */
const paths = [
    manifest.main,
    manifest.bin.tsbtopo,
    ...languages.flatMap(({ configuration, icon }) => [configuration, icon.light, icon.dark]),
    ...grammars.map(({ path }) => path),
    ...viewsContainers.activitybar.map(({ icon }) => icon),
    ...Object.values(views).flatMap((each) => each.map(({ icon }) => icon)),
    ...steps.map(({ media }) => media.svg),
].map((path) => path.replace(/^\.\//, ''));

/** What the client finds by its name. */
const pathsInClient = [
    'dist/server.cjs',
    'dist/picture.js',
    'dist/picture-style.css',
    'dist/matrix.js',
    'dist/matrix-style.css',
    'docs/diagnostics.md',
    ...states.flatMap((state) => [`media/${state}-light.svg`, `media/${state}-dark.svg`]),
    ...exampleNames.map((name) => `examples/${name}.tsbtopo`),
];

/** Texts in the languages of users. */
const localization = ['package.nls.json', 'package.nls.de.json', `${manifest.l10n.slice(2)}/bundle.l10n.de.json`];

/** All files that the extension needs, relative to its own folder. */
export const namedFiles: readonly string[] = [...paths, ...pathsInClient, ...localization];
