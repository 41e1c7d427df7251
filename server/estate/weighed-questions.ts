import { EmptyFileSystem, TextDocument, URI } from 'langium';
import { compareWeights, type Weight } from '../failure/gravity.js';
import { snapshotsOf, type Snapshot } from './snapshot.js';
import { isListed } from '../impact/ranking.js';
import type { Question } from '../import/estate.js';
import type { Imported } from '../import/import.js';
import type { Weighed } from '../import/report.js';
import { questionText } from '../import/writing/text.js';
import { createTsbtopoServices } from '../language/create-services.js';
import type { TsbtopoServices } from '../language/services.js';
import { visible } from '../encoding/visible.js';

/** So many questions are tried at most, and for so long (milliseconds) in all: the others stay unweighed. */
const [mostTried, longest] = [60, 2000];

/** Tries every answer to every question, and counts the failures that come to something else. */
export async function weighedQuestions({ estate, reading, text }: Imported): Promise<Weighed[]> {
    const asked = estate.questions.filter(({ answers }) => answers.length > 0).slice(0, mostTried);
    if (asked.length === 0) return [];
    const until = Date.now() + longest;
    const trial = new Trial();
    const before = weightsOf(await trial.read(text), until);
    const weighed: Weighed[] = [];
    if (!before) return weighed;
    for (const question of asked) {
        const changed = new Set<string>();
        for (const answer of question.answers.slice(0, 4)) {
            const tried = answered(text, question, answer, reading.placeholders.shown);
            if (tried === undefined) continue;
            const after = weightsOf(await trial.read(tried), until);
            if (!after) return weighed;
            for (const [element, weight] of after) {
                const was = before.get(element);
                if (!was || was.gravity !== weight.gravity || compareWeights(was, weight) !== 0) changed.add(element);
            }
        }
        weighed.push({ question, changes: changed.size });
    }
    return weighed;
}

/** The text with an answer in the place of its question. */
function answered(text: string, question: Question, answer: string, shown: (text: string) => string) {
    const line = `// ${visible(shown(questionText(question)))}`;
    const at = text.indexOf(line);
    if (at < 0) return undefined;
    // what is said about a thing stands in no block
    const isApart = answer.startsWith('about ');
    const tried = `${text.slice(0, at)}${isApart ? '' : shown(answer)}${text.slice(at + line.length)}`;
    return isApart ? `${tried}\n${shown(answer)}\n` : tried;
}

/** @returns undefined if it is too late */
function weightsOf(estate: Snapshot | undefined, until: number): ReadonlyMap<string, Weight> | undefined {
    const weights = new Map<string, Weight>();
    for (const { name } of estate?.elements.all.filter(isListed) ?? []) {
        if (Date.now() > until) return undefined;
        weights.set(name, estate!.blasts.weightOf(name));
    }
    return weights;
}

/** A workspace of one file, which is given one text after the other. */
class Trial {
    private readonly services: TsbtopoServices;
    private readonly uri = 'file:///import.tsbtopo';

    constructor() {
        this.services = createTsbtopoServices(EmptyFileSystem).tsbtopo;
        this.services.shared.workspace.WorkspaceManager.initialize({
            processId: null,
            rootUri: null,
            capabilities: {},
            workspaceFolders: [],
        });
    }

    async read(text: string): Promise<Snapshot | undefined> {
        const { DocumentBuilder, TextDocuments } = this.services.shared.workspace;
        TextDocuments.set(TextDocument.create(this.uri, 'tsbtopo', 0, text));
        await DocumentBuilder.update([URI.parse(this.uri)], []);
        return snapshotsOf(this.services).all()[0];
    }
}
