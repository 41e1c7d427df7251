import { pictureOf } from '../diagram/picture.js';
import { svgOf } from '../diagram/svg.js';
import { html } from '../encoding/html.js';
import { xml } from '../encoding/xml.js';
import { compareWeights, gravities, type Gravity } from '../failure/gravity.js';
import { failing } from '../failure/scenario.js';
import { citations, type Citations } from '../impact/citations.js';
import { gravityWords } from '../impact/gravity-words.js';
import { isListed } from '../impact/ranking.js';
import { operationMeanings, operations, operationTitles } from '../knowledge/operations.js';
import { problemSeverities } from '../knowledge/severities.js';
import { elementsIn, matrixOf } from '../matrix/matrix.js';
import { capitalized, count } from '../words/english.js';

import { failureSection } from './failure.js';
import { matrixTable, type ReportRow } from './matrix.js';
import { fileName, gravitySign, placeOf, section } from './parts.js';
import { promisesTold } from './promises.js';
import type { ReportSubject } from './report.js';
import { reportStyle } from './style.js';

/** Between a screen and a sheet of A4 in its proportions, px: so that the picture can be read on both. */
const sheet = { width: 860, height: 1000 };

/** So many failures have a page of their own: the gravest. The others are rows of the matrix. */
export const mostPages = 200;

/** So many hosts and services of a single point of failure are named. */
const mostNamed = 6;

/** A report of an estate: one page, which loads nothing from anywhere and runs nothing. The same estate gives the same page. */
export async function reportPage(subject: ReportSubject): Promise<string> {
    const { health, problems, recommendations, date, isIncomplete } = subject;
    const { topology } = health.graph;
    const rows = rowsOf(subject);
    const cite = citations();
    const columns = matrixOf(health).columns;
    const pages = failurePages(subject, rows, cite);
    const counted = rows.length - pages.length;
    const promises = promisesTold(subject.promised);
    const parts = [
        section('picture', 'The estate', [
            `<figure class="picture">${svgOf(pictureOf(health.graph, { room: sheet }))}</figure>`,
        ]),
        section('single-points', 'Single points of failure', singlePoints(rows)),
        section('promises', 'Promises', promises),
        section('recommendations', 'Recommendations', recommended(subject)),
        section('findings', 'Findings', findings(subject)),
        section(
            'matrix',
            'The matrix',
            [
                '<p>Each element fails by itself, with all else up, and is looked at as it begins to fail. An empty cell is unaffected. <em>Worse from</em> is when a failure takes more only because it lasts, at the earliest.</p>',
                rows.length === 0 ? '<p>Nothing that can fail is declared yet.</p>' : matrixTable(columns, rows),
            ],
            'matrix',
        ),
        section(
            'failures',
            'The gravest failures',
            pages.length === 0
                ? []
                : [
                      counted > 0
                          ? `<p>The ${pages.length} gravest, one by one. ${capitalized(count(counted, 'other'))} of less weight, or that nobody notices: see the matrix.</p>`
                          : '',
                      ...pages,
                  ],
            'failures',
        ),
        section('legend', 'How to read it', legend()),
        section('sources', 'Sources', sourceList(cite)),
    ];
    const style = `\n${reportStyle}\n`;
    const policy = `default-src 'none'; style-src 'sha256-${await sha256(style)}'; base-uri 'none'; form-action 'none'`;
    const title = xml(topology.name);
    return [
        '<!DOCTYPE html>',
        '<html lang="en">',
        '<head>',
        '<meta charset="utf-8">',
        `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        `<title>${title}: what failures would do</title>`,
        `<style>${style}</style>`,
        '</head>',
        '<body>',
        '<a class="skip" href="#main">To the content</a>',
        '<header>',
        `<h1>${title}</h1>`,
        `<p class="dim">What failures would do to this Tetrate Service Bridge estate${date === undefined ? '' : `, as of ${xml(date)}`}. From ${topology.files.map((uri) => `<code>${xml(fileName(uri))}</code>`).join(', ')}.</p>`,
        isIncomplete
            ? '<p class="note"><strong>This may be incomplete:</strong> the files have errors, and what they are about is left out. See the findings.</p>'
            : '',
        tiles(rows, problems.length),
        '</header>',
        navigation({
            hasPromises: promises.length > 0,
            hasRecommendations: recommendations.length > 0,
            hasPages: pages.length > 0,
        }),
        '<main id="main">',
        ...parts.filter((part) => part !== ''),
        '</main>',
        '<footer>Derived from rules over what the files say; whatever they leave unsaid has a documented default. Written by TSB Topology.</footer>',
        '</body>',
        '</html>',
        '',
    ].join('\n');
}

function rowsOf({ health, blasts }: ReportSubject): ReportRow[] {
    const rows = elementsIn(health.graph).map(matrixOf(health).rowOf).sort(compareWeights);
    return rows.map((row, place) => ({
        row,
        worseFrom: blasts.worseFrom(row.element.name),
        page: place < mostPages && row.gravity !== 'none' ? `f${place + 1}` : undefined,
    }));
}

function failurePages({ view }: ReportSubject, rows: readonly ReportRow[], cite: Citations): string[] {
    return rows.flatMap(({ row, worseFrom, page }) =>
        page === undefined ? [] : [failureSection(row, page, view(failing([row.element.name])), worseFrom, cite)],
    );
}

function tiles(rows: readonly ReportRow[], problems: number): string {
    const numberOf = (gravity: Gravity) => rows.filter(({ row }) => row.gravity === gravity).length;
    const items = gravities.flatMap((gravity) => {
        const number = numberOf(gravity);
        return number === 0 ? [] : [`<li><b>${gravitySign(gravity)}${number}</b>${gravityWords[gravity]}`];
    });
    return `<p>What each of ${count(rows.length, 'possible failure')} comes to, and ${count(problems, 'finding')}:</p><ul class="tiles">${items.join('')}</ul>`;
}

function navigation({
    hasPromises,
    hasRecommendations,
    hasPages,
}: Readonly<Record<'hasPromises' | 'hasRecommendations' | 'hasPages', boolean>>): string {
    const links = [
        ['picture', 'The estate'],
        ['single-points', 'Single points of failure'],
        ...(hasPromises ? [['promises', 'Promises']] : []),
        ...(hasRecommendations ? [['recommendations', 'Recommendations']] : []),
        ['findings', 'Findings'],
        ['matrix', 'The matrix'],
        ...(hasPages ? [['failures', 'The gravest failures']] : []),
        ['legend', 'How to read it'],
    ];
    const items = links.map(([id, title]) => `<li><a href="#${id}">${title}</a>`);
    return `<nav aria-label="Sections"><ul>${items.join('')}</ul></nav>`;
}

/** What nothing can take over for: declared elements whose failure alone takes a host or a service down. */
function singlePoints(rows: readonly ReportRow[]): string[] {
    const found = rows.flatMap(({ row, page }) => {
        if (!isListed(row.element)) return [];
        const down = row.cells
            .affected()
            .flatMap(({ cell }) => (cell.kind !== 'operation' && cell.mark === 'down' ? [cell] : []));
        return down.length === 0 ? [] : [{ row, page, down }];
    });
    if (found.length === 0) return ['<p>No single failure takes a host or a service down.</p>'];
    const lines = found.map(({ row: { element }, page, down }) => {
        const names = down.map((cell) =>
            cell.kind === 'host' ? cell.of.host : cell.kind === 'service' ? cell.of.name : '',
        );
        const shown = [...new Set(names)].slice(0, mostNamed).map((name) => `<code>${xml(name)}</code>`);
        const rest = new Set(names).size - shown.length;
        const name = `<code>${xml(element.name)}</code>`;
        return `<tr><th scope="row">${page === undefined ? name : `<a href="#${page}">${name}</a>`}<td>${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}<td>${placeOf(element.at)}`;
    });
    return [
        `<p>${capitalized(count(found.length, 'element'))} for which nothing takes over: the failure of one alone takes these hosts and services down. Their components are told in the matrix.</p>`,
        `<table class="wide"><thead><tr><th scope="col">fails<th scope="col">takes down<th scope="col">declared at</thead><tbody>${lines.join('')}</tbody></table>`,
    ];
}

/** Changes of the files that were tried out: each mends its finding, and brings no new error. */
function recommended({ problems, recommendations }: ReportSubject): string[] {
    if (recommendations.length === 0) return [];
    const items = recommendations.map(({ title, mends }) => {
        const problem = problems[mends]!;
        return `<li>${withNames(title)} <span class="dim">(<a href="#p${mends + 1}">${xml(problem.code)}</a>, ${placeOf(problem.at)})</span>`;
    });
    return [
        '<p>Each was tried out on a copy of the estate: it mends its finding, and brings no new error.</p>',
        `<ul>${items.join('')}</ul>`,
    ];
}

/** Names stand in backticks, as a light bulb shows them. */
function withNames(title: string): string {
    return xml(title).replace(/`([^`]*)`/g, '<code>$1</code>');
}

function findings({ problems }: ReportSubject): string[] {
    if (problems.length === 0) return ['<p>No findings.</p>'];
    const lines = problems
        .map((problem, place) => ({ problem, place }))
        .sort(
            (a, b) =>
                problemSeverities.indexOf(a.problem.severity) - problemSeverities.indexOf(b.problem.severity) ||
                a.place - b.place,
        )
        .map(
            ({ problem: { severity, code, message, at }, place }) =>
                `<tr id="p${place + 1}"><td>${severity}<td>${xml(message)}<td class="rule"><code>${xml(code)}</code><td>${placeOf(at)}`,
        );
    return [
        `<table class="wide"><thead><tr><th scope="col">severity<th scope="col">what is the case, and what to do<th scope="col">rule<th scope="col">at</thead><tbody>${lines.join('')}</tbody></table>`,
    ];
}

function legend(): string[] {
    return [
        `<table><tbody>${gravities.map((gravity) => `<tr><td>${gravitySign(gravity)}<td>${capitalized(gravityMeaning[gravity])}`).join('')}</tbody></table>`,
        `<p></p><table><tbody>${operations.map((operation) => `<tr><th scope="row">${operationTitles[operation]}<td>${operationMeanings[operation]}`).join('')}</tbody></table>`,
    ];
}

const gravityMeaning: Readonly<Record<Gravity, string>> = {
    down: 'a host or a service is down, or an operation is lost.',
    degraded: 'a host or a service loses a share of its requests, or an operation is limited.',
    failover: 'users are served from elsewhere, after a gap.',
    operators: 'users notice nothing; an operation is limited or lost, or changes wait.',
    spare: 'everything goes on, and a spare is lost.',
    none: 'nobody notices.',
};

function sourceList(cite: Citations): string[] {
    const sources = cite.list();
    return sources.length === 0 ? [] : [`<ol>${sources.map((source) => `<li>${html(source)}`).join('')}</ol>`];
}

/** In base 64, as a content security policy names a style sheet. */
async function sha256(text: string): Promise<string> {
    const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return btoa(String.fromCharCode(...new Uint8Array(hash)));
}
