import { globSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isAbout, type AboutItem } from '../../../server/language/generated/ast.js';
import { fits } from '../../../server/language/lower/joined.js';
import { subjectsIn } from '../../../server/language/naming/subjects.js';
import { estate, type Fixture } from '../../fixture.js';
import { allowedWords, type AllowedWord } from './allowed.js';

const root = resolve(import.meta.dirname, '../../..');

/** The files themselves, not what is expected of them; a hundred clusters would only take longer. */
const files = globSync(['examples/**/*.tsbtopo', 'test/corpus/**/*.tsbtopo'], { cwd: root })
    .filter((file) => !file.includes('hundred') && !/\.\w+\.tsbtopo$/.test(file))
    .sort();

/** Words that are names in their places, and words of a later version. */
const names = new Set(['SoftWord', 'QuietWord', 'InnerWord', 'PlaceWord', 'WideWord', 'Reserved']);

interface Token {
    readonly image: string;
    readonly startOffset: number;
    readonly tokenType: { readonly name: string };
}

/** The innermost block around a place, and what stands right before it. */
interface Block {
    readonly head: readonly string[];
    /** Without the blocks inside it. */
    readonly words: readonly string[];
}

function blockAround(tokens: readonly Token[], at: number): Block {
    const opens: number[] = [];
    for (const [index, { image }] of tokens.slice(0, at).entries()) {
        if (image === '{') opens.push(index);
        if (image === '}') opens.pop();
    }
    const open = opens.at(-1) ?? -1;
    const words: string[] = [];
    let depth = 0;
    for (const { image } of tokens.slice(open + 1)) {
        if (image === '}') depth--;
        if (depth < 0) break;
        if (depth === 0) words.push(image);
        if (image === '{') depth++;
    }
    const images = tokens.slice(0, Math.max(0, open)).map(({ image }) => image);
    const start = images.findLastIndex((image) => image === '{' || image === '}') + 1;
    return { head: images.slice(start), words };
}

/** Whether a word that the grammar allows would make no sense: it says something a second time, or what a check forbids. */
function makesNoSense({ word, rule }: AllowedWord, tokens: readonly Token[], at: number): boolean {
    const { head, words } = blockAround(tokens, at);
    const gateway = head.includes('gateway') ? head.slice(head.lastIndexOf('gateway')).join(' ') : undefined;
    const inBlock = head.length > 0 || words.length < tokens.length;
    const before = tokens.slice(0, at).map(({ image }) => image);
    const standsBy = isKind(head, 'standby');
    // what stands by has what the active side has, and says it there
    if (standsBy && ofActiveSide.has(rule)) return true;
    // what the vendor runs is one, and its parts are not theirs who write the file
    if (isHosted(tokens, at) && ofOwnPlanes.has(rule)) return true;
    switch (rule) {
        case 'Header':
            return word === 'topology' && at > 0;
        case 'OperationName':
        case 'PlaneName':
            // `management` by itself is a name; the whole phrase is offered in its place
            return /^(running|local|metrics|management|central|cluster|control)$/.test(before.at(-1) ?? '');
        case 'ManagementCluster':
            // one that stands by is another one
            return declares(tokens, word);
        case 'Copy':
            return !standsBy || words.includes('copy');
        case 'WorkloadDefaults':
            return tokens.some(({ image }) => image === word);
        case 'NoWorkloads':
            return head.includes('management') || words.includes('workloads');
        case 'SharedFate':
            // `shared` by itself is a name; the whole phrase is offered in its place
            return word === 'fate';
        case 'EndOfLife':
            return words.includes('ttl');
        case 'ManagementPlane':
        case 'CentralControlPlane':
            return head.includes('workload') || words.includes(word);
        case 'GitOps':
            return words.includes('gitops') || (word.endsWith('sync') && head.includes('management'));
        case 'GatewayRole':
            return !isGateway(before) || rolesAround(tokens, at).includes(word);
        case 'Namespace':
            return words.includes(word) || head.includes('/');
        case 'Postgres':
        case 'TelemetryStore':
            return (
                (word === 'in' && before.at(-1) === 'internal') || /elasticsearch|banyandb|postgres/.test(words.join())
            );
        case 'ExternalAuthorization':
        case 'RateLimit':
            // of other gateways they are not judged
            return words.includes(word) || (gateway !== undefined && !/tier1|ingress/.test(gateway));
        case 'Secret':
        case 'NoBackup':
        case 'Backup':
        case 'Failover':
        case 'OutlierDetection':
        case 'Owner':
        case 'Replicas':
        case 'VirtualMachines':
        case 'Gslb':
        case 'IdentityProvider':
        case 'Listener':
        case 'TokenTtl':
        case 'LeafCertificateTtl':
        case 'CertificateAuthority':
        case 'MetricsBuffer':
        case 'EdgeControlPlane':
        case 'DataPlane':
            return (
                inBlock && words.some((each) => each === word || (word === 'no' && each !== 'no' && said(rule, each)))
            );
        default:
            return false;
    }
}

const ofActiveSide: ReadonlySet<string> = new Set([
    ...['ManagementPlane', 'CentralControlPlane', 'EdgeControlPlane', 'DataPlane', 'Gateway'],
]);

const ofOwnPlanes: ReadonlySet<string> = new Set([
    ...['CentralControlPlane', 'EdgeControlPlane', 'DataPlane', 'Gateway'],
    ...['Postgres', 'TelemetryStore', 'Secret', 'GitOps'],
]);

/** Whether a block is that of such a management cluster; the words are names elsewhere. */
function isKind(head: readonly string[], kind: 'standby' | 'hosted'): boolean {
    return head.some((image, place) => image === kind && head[place + 1] === 'management');
}

/** Whether a place is somewhere in the block of a hosted management cluster. */
function isHosted(tokens: readonly Token[], at: number): boolean {
    const opens: number[] = [];
    for (const [index, { image }] of tokens.slice(0, at).entries()) {
        if (image === '{') opens.push(index);
        if (image === '}') opens.pop();
    }
    const [outermost] = opens;
    return outermost !== undefined && isKind(blockAround(tokens, outermost + 1).head, 'hosted');
}

/** Whether there is a management cluster already, or for `standby` one that stands by. */
function declares(tokens: readonly Token[], word: string): boolean {
    const isOne = ({ image }: Token, at: number) =>
        image === 'management' && tokens[at + 1]?.image === 'cluster' && isStandby(tokens, at) === (word === 'standby');
    return tokens.some(isOne);
}

function isStandby(tokens: readonly Token[], at: number): boolean {
    return tokens[at - 1]?.image === 'standby';
}

/** Whether a gateway is being declared; where one is referred to, its role is its name. */
function isGateway(before: readonly string[]): boolean {
    return /(^|,)gateway(,[\w-]+,,)*$/.test(before.join());
}

function rolesAround(tokens: readonly Token[], at: number): readonly string[] {
    const images = tokens.map(({ image }) => image);
    const start = images.slice(0, at).lastIndexOf('gateway') + 1;
    const end = images.findIndex(
        (image, index) => index >= at && image !== ',' && images[index - 1] !== ',' && index > start,
    );
    return images.slice(start, end < 0 ? undefined : end);
}

function said(rule: string, word: string): boolean {
    return { NoBackup: 'backup', Failover: 'failover', OutlierDetection: 'outlier' }[rule] === word;
}

/** What a check forbids in the block of an `about`: it fits none of the things that the block is about. */
function misfits({ workspace }: Fixture['services'], document: Fixture['document']) {
    const found = workspace.Estates.of(document.uri);
    const { declarations } = document.parseResult.value;
    const blocks = declarations.filter(isAbout).map((about) => ({
        from: about.$cstNode!.offset,
        to: about.$cstNode!.end,
        subjects: found ? about.things.map(subjectsIn(found)).filter(({ kind }) => kind !== 'unknown') : [],
    }));
    return ({ rule }: AllowedWord, offset: number) =>
        blocks.some(
            ({ from, to, subjects }) =>
                from < offset &&
                offset < to &&
                subjects.length > 0 &&
                subjects.every((subject) => !fits({ $type: rule } as AboutItem, subject)),
        );
}

test.each(files)('at each border of %s completion offers what the grammar allows', async (file) => {
    const text = readFileSync(resolve(root, file), 'utf8');
    const { services, document } = await estate({ [relative(root, file)]: text });
    const { lexerErrors, parserErrors } = document.parseResult;
    if (lexerErrors.length + parserErrors.length > 0) return; // the grammar does not read it either
    const tokens: readonly Token[] = services.parser.Lexer.tokenize(text).tokens;
    const isForbidden = misfits(services, document);
    const missing: string[] = [];
    for (const [at, allowed] of allowedWords(services.Grammar, tokens).entries()) {
        const offset = tokens[at]?.startOffset ?? text.length;
        if (!/^$|\s$/.test(text.slice(0, offset))) continue; // nobody begins a word right behind another one
        const wanted = allowed.filter(
            (each) =>
                /^[a-z]/.test(each.word) &&
                !names.has(each.rule) &&
                !makesNoSense(each, tokens, at) &&
                !isForbidden(each, offset),
        );
        const position = document.textDocument.positionAt(offset);
        const uri = document.uri.toString();
        const list = await services.lsp.CompletionProvider!.getCompletion(document, {
            textDocument: { uri },
            position,
        });
        const offered = new Set(list!.items.map(({ label }) => label.split(' ', 1)[0]));
        const left = wanted.filter(({ word }) => !offered.has(word)).map(({ word, rule }) => `${word} (${rule})`);
        if (left.length > 0) missing.push(`${position.line + 1}:${position.character + 1} ${left.join(', ')}`);
    }
    expect(missing).toEqual([]);
});
