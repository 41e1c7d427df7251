/** Themes of a picture in a file: `auto` follows whoever looks at it. */
export const themes = ['auto', 'light', 'dark'] as const;

export type Theme = (typeof themes)[number];

/** A colour: the variable of VS Code that it follows, and what it is elsewhere. */
interface Colour {
    readonly editor: string;
    readonly light: string;
    readonly dark: string;
}

const colours: readonly (Colour & { readonly name: string })[] = [
    { name: 'surface', editor: 'editor-background', light: '#ffffff', dark: '#1f1f1f' },
    { name: 'text', editor: 'editor-foreground', light: '#2b2b2b', dark: '#d8d8d8' },
    { name: 'dim', editor: 'descriptionForeground', light: '#676767', dark: '#a3a3a3' },
    { name: 'traffic', editor: 'tsbtopo-picture-traffic', light: '#1a6fc4', dark: '#5aa9f0' },
    { name: 'configuration', editor: 'tsbtopo-picture-configuration', light: '#7b4bb3', dark: '#b58ae6' },
    { name: 'metrics', editor: 'tsbtopo-picture-metrics', light: '#0b7f78', dark: '#46b8ae' },
    { name: 'bad', editor: 'tsbtopo-simulation-totalForeground', light: '#b3261e', dark: '#f1807a' },
    { name: 'warn', editor: 'tsbtopo-simulation-limitedForeground', light: '#8a5a00', dark: '#e0b04c' },
    { name: 'operators', editor: 'tsbtopo-simulation-operatorsForeground', light: '#1a6fc4', dark: '#5aa9f0' },
    { name: 'good', editor: 'tsbtopo-simulation-heldForeground', light: '#157030', dark: '#5fc27b' },
];

/** Shades of two colours: how much of the one is in the other, in percent. */
const shades: readonly (readonly [name: string, of: string, percent: number, light: string, dark: string])[] = [
    ['region', 'text', 4, '#f6f6f7', '#272727'],
    ['card', 'surface', 100, '#ffffff', '#1f1f1f'],
    ['chip', 'text', 5, '#f4f4f5', '#2a2a2a'],
    ['line', 'text', 24, '#c9c9cc', '#4d4d4d'],
    ['border', 'text', 30, '#b9b9bd', '#5c5c5c'],
    ['traffic-tint', 'traffic', 12, '#e4eef9', '#22313f'],
    ['configuration-tint', 'configuration', 9, '#f3eef9', '#2d2735'],
    ['metrics-tint', 'metrics', 9, '#e8f3f2', '#22302f'],
    ['bad-tint', 'bad', 10, '#f9e9e8', '#3a2625'],
    ['warn-tint', 'warn', 12, '#f4eddf', '#36301f'],
    ['good-tint', 'good', 10, '#e8f3ea', '#233127'],
    /** What is written on a filled sign. */
    ['on-sign', 'surface', 100, '#ffffff', '#1f1f1f'],
];

/** The colours of a file, in one theme or in the one of whoever looks. */
export function fileColours(theme: Theme): string {
    const of = (which: 'light' | 'dark') => {
        const plain = colours.map((colour) => `--${colour.name}:var(--vscode-${colour.editor},${colour[which]})`);
        const mixed = shades.map(([name, , , light, dark]) => `--${name}:${which === 'light' ? light : dark}`);
        return `.tsbtopo-picture{${[...plain, ...mixed].join(';')}}`;
    };
    if (theme !== 'auto') return of(theme);
    return `${of('light')}@media (prefers-color-scheme:dark){${of('dark')}}`;
}

/** The colours of a page of the editor: those of its theme. */
export function editorColours(): string {
    const plain = colours.map(({ name, editor, light }) => `--${name}:${editorColour(editor, light)}`);
    const mixed = shades.map(
        ([name, of, percent]) => `--${name}:color-mix(in srgb,var(--${of}) ${percent}%,var(--surface))`,
    );
    return `.tsbtopo-picture{${[...plain, ...mixed].join(';')}}`;
}

/**
 * A variable of a theme. In webviews VS Code replaces but the first point in the name of a colour, so that those with two
 * have another name there than everywhere else.
 */
function editorColour(name: string, otherwise: string): string {
    const [first, second, ...rest] = name.split('-');
    if (first !== 'tsbtopo') return `var(--vscode-${name},${otherwise})`;
    return `var(--vscode-${name},var(--vscode-${first}-${second}\\.${rest.join('-')},${otherwise}))`;
}

/** The class of what went down with something else: a state, and no word of a sentence. */
const gone = '.gone';

/** How everything looks, in terms of those colours. */
export const looks = [
    '.tsbtopo-picture{font-family:system-ui,-apple-system,"Segoe UI",Roboto,Inter,"Helvetica Neue",Arial,sans-serif;color:var(--text)}',
    'text{fill:var(--text);font-size:10.5px}',
    '.name{font-size:12.5px;font-weight:600}',
    '.title{font-size:13.5px;font-weight:650}',
    '.estate{font-size:16px;font-weight:700}',
    '.headline{font-size:13px}',
    '.dim,.detail{fill:var(--dim)}',
    '.band{fill:var(--dim);font-size:9.5px;font-weight:650;letter-spacing:.09em}',
    '.ground{fill:var(--surface)}',
    '.region>.shape{fill:var(--region);stroke:var(--line);stroke-width:1}',
    '.zone>.shape{fill:none;stroke:var(--line)}',
    '.cluster>.shape,.clusters>.shape{fill:var(--card);stroke:var(--border);stroke-width:1.1}',
    '.gateway>.shape{fill:var(--traffic-tint);stroke:var(--traffic)}',
    '.gateway.front>.shape{fill:var(--configuration-tint);stroke:var(--configuration)}',
    '.host>.shape{fill:var(--card);stroke:var(--traffic);stroke-width:1.2}',
    '.service>.shape,.cell>.shape{fill:var(--chip);stroke:var(--line)}',
    '.plane>.shape{fill:var(--configuration-tint);stroke:var(--configuration)}',
    '.store>.shape{fill:var(--metrics-tint);stroke:var(--metrics)}',
    '.identity-provider>.shape{fill:var(--chip);stroke:var(--border)}',
    '.external-service>.shape{fill:var(--card);stroke:var(--border);stroke-dasharray:5 3}',
    '.edge>.shape{fill:none;stroke:none}',
    '.icon{fill:none;stroke:var(--dim);stroke-width:1.1;stroke-linecap:round;stroke-linejoin:round}',
    '.gateway .icon{stroke:var(--traffic)}.gateway.front .icon{stroke:var(--configuration)}',
    '.halo{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}',
    '.region>.halo{stroke:var(--region)}',
    // how it fares
    '.failed>.shape{stroke:var(--bad)!important;stroke-width:2.2;fill:var(--bad-tint)}',
    `${gone}>.shape{stroke:var(--bad);stroke-width:1;stroke-dasharray:4 3;fill:var(--bad-tint);stroke-opacity:.65;fill-opacity:.5}`,
    '.gone>.name,.gone>.title{text-decoration:line-through;fill:var(--dim)}',
    '.total>.shape{stroke:var(--bad);stroke-width:1.8;fill:var(--bad-tint)}',
    '.limited>.shape{stroke:var(--warn);stroke-width:1.6;fill:var(--warn-tint)}',
    '.failover>.shape{stroke:var(--warn);stroke-width:1.6;fill:var(--warn-tint)}',
    '.service.held>.shape{stroke:var(--good);stroke-width:1.6;fill:var(--good-tint)}',
    '.failed>.detail,.total>.detail{fill:var(--bad);font-weight:600}',
    '.limited>.detail{fill:var(--warn);font-weight:600}',
    '.failover>.detail{fill:var(--warn);font-weight:600}.service.held>.detail{fill:var(--good);font-weight:600}',
    '.warn{fill:var(--warn);font-weight:600}.bad{fill:var(--bad);font-weight:600}',
    '.hatch{fill:url(#tsbtopo-hatch);pointer-events:none}.hatch-line{stroke:var(--bad);stroke-opacity:.22}',
    '.edge.gone>.shape,.edge.failed>.shape{fill:none;stroke:none!important}',
    '.region.failed>.shape,.zone.failed>.shape{fill:var(--region)}.gone>.halo{stroke:none}',
    // signs
    '.sign .body{fill:currentColor}.sign .ring{fill:none;stroke:currentColor;stroke-width:1.5}',
    '.sign .ring.dotted{stroke-dasharray:2 2.2}',
    '.sign .mark{fill:none;stroke:var(--on-sign);stroke-width:1.8;stroke-linecap:round;stroke-linejoin:round}',
    `.sign${gone} .mark{stroke:currentColor;stroke-width:1.5}`,
    '.sign.failed,.sign.gone,.sign.total{color:var(--bad)}.sign.limited{color:var(--warn)}',
    '.sign.failover{color:var(--warn)}.sign.held,.sign.spare{color:var(--good)}.sign.operators{color:var(--operators)}',
    // lines
    '.line{fill:none;stroke-linejoin:round;stroke-linecap:butt}',
    '.under{fill:none;stroke:var(--surface);stroke-opacity:.85;stroke-width:4.5}',
    '.traffic.flow .line{stroke:var(--traffic);stroke-width:1.6}.traffic.flow .tip{fill:var(--traffic)}',
    '.traffic.spare .line{stroke:var(--traffic);stroke-width:1.3;stroke-dasharray:.1 4;stroke-linecap:round}.traffic.spare .tip{fill:var(--traffic);fill-opacity:.6}',
    '.traffic.takes-over .line{stroke:var(--good);stroke-width:3}.traffic.takes-over .tip{fill:var(--good)}',
    '.traffic.cut .line{stroke:var(--bad);stroke-width:1.4;stroke-dasharray:5 3.5}',
    '.traffic.idle .line{stroke:var(--bad);stroke-width:1.1;stroke-dasharray:4 3.5;stroke-opacity:.45}',
    '.configuration .line{stroke:var(--configuration);stroke-width:1.3;stroke-dasharray:7 3.5}.configuration .tip{fill:var(--configuration)}',
    '.metrics .line{stroke:var(--metrics);stroke-width:1.3;stroke-dasharray:2 3}.metrics .tip{fill:var(--metrics)}',
    '.configuration.cut .line,.metrics.cut .line,.configuration.idle .line,.metrics.idle .line{stroke-opacity:.4}',
    '.cut .tip,.idle .tip{fill-opacity:.4}',
    '.cross{fill:none;stroke:var(--bad);stroke-width:1.8;stroke-linecap:round}',
    '.label{font-size:10px;font-weight:650;fill:var(--traffic);paint-order:stroke;stroke:var(--surface);stroke-width:3px}',
    '.tag{fill:var(--good)}.tag.bad{fill:var(--bad)}.on-tag{fill:var(--on-sign);font-size:10px;font-weight:650}',
    '.rule{stroke:var(--line)}.strip{stroke:var(--line);stroke-width:3;stroke-linecap:round}.strip.past{stroke:var(--bad)}',
    '.dot{fill:var(--surface);stroke:var(--dim);stroke-width:1.6}.dot.past{stroke:var(--bad)}.dot.now{fill:var(--bad);stroke:var(--bad)}',
    '.banner{fill:var(--bad-tint)}.banner-edge{fill:var(--bad)}',
].join('\n');

/** The style sheet of a picture in a file. */
export function fileStyle(theme: Theme): string {
    return `${fileColours(theme)}\n${scoped()}`;
}

/** The style sheet of a picture in a page of the editor. */
export function editorStyle(): string {
    return `${editorColours()}\n${scoped()}`;
}

/** Every rule holds inside of pictures only, whatever page they are put into. */
function scoped(): string {
    return looks.replace(/([^{}]+)\{([^{}]*)\}/g, (_, selectors: string, body: string) => {
        const all = selectors
            .trim()
            .split(',')
            .map((selector) => (selector.startsWith('.tsbtopo-picture') ? selector : `.tsbtopo-picture ${selector}`));
        return `${all.join(',')}{${body}}`;
    });
}
