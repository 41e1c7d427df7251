import { describe, expect, test } from 'vitest';
import { gradedProblemsIn } from '../../server/estate/problem.js';
import { openQuestion } from '../../server/estate/open-question.js';
import { questionsIn } from '../../server/estate/questions.js';
import { estate } from '../fixture.js';
import { fixed, fixesOf, titles } from './fixes.js';

const around = (service: string, more = '') =>
    `management cluster mgmt { management plane { elasticsearch\n} }\nworkload cluster east\nworkload cluster west\nservice shop/cart on east\nservice shop/web on east {\n    ${service}\n}\n${more}`;

test.each([
    ['calls shop/cart: a rule says that it may', ['Yes: `calls shop/cart`', 'Yes: `requires shop/cart`']],
    ['failover east-west: its workspace chooses by labels', ['Yes: `failover east-west`']],
    ['on: any cluster may have the namespace', ['Yes: `on west`']],
    ['on west: requests were answered there; seen: 67 % on east, 33 % on west, calls.json', ['Yes: `on west`']],
    ['exposed "shop.example.com:443": no file says it', []],
])('// ? %s', async (question, answers) => {
    expect(await titles(around(`// ? ${question}`), 'open-question')).toEqual([...answers, 'Take the question away']);
});

test('an answer stands in the place of its question, and nothing else is touched', async () => {
    const text = around('owner "team" // ours\n    // ? calls shop/cart: a rule says that it may, a.yaml:1');
    const answered = await fixed(text, 'open-question', 'Yes: `requires shop/cart`');
    expect(answered).toBe(around('owner "team" // ours\n    requires shop/cart'));
    expect(await fixed(text, 'open-question', 'Take the question away')).toBe(around('owner "team" // ours'));
});

test('of the network, with a block and without', async () => {
    const inside = around(
        '',
        'network {\n    mgmt <-> east\n    // ? west <-> …: no file says in which network west is\n}\n',
    );
    expect(await titles(inside, 'open-question')).toContain('Yes: `west <-> east`');
    const outside = around('', '// ? west <-> …: no file says in which network west is\n');
    expect(await titles(outside, 'open-question')).toContain('Yes: `network { west <-> east }`');
});

test('only the one form is a question, and only where a comment is', async () => {
    expect(openQuestion('// ? on: why')).toEqual({ asked: 'on', why: 'why' });
    for (const comment of ['// why?', '//? on: why', '// ? on', '// ? on:', '/* ? on: why */'])
        expect(openQuestion(comment), comment).toBeUndefined();
    const { document } = await estate('/*\n// ? on: why\n*/\nservice "// ? on: x"\n// ? on: why // ? on: again\n');
    expect(questionsIn(document).map(({ at }) => at.range.start.line)).toEqual([4]);
});

describe('a question of an imported file', () => {
    const imported = `topology acme\n${around('// ? calls shop/cart: a rule says that it may')}`;
    const answer = 'Yes: `calls shop/cart`';
    const answered = async (files: Record<string, string>) => {
        const after = await fixed(files, 'open-question', answer);
        return after as Record<string, string>;
    };

    test('is answered in a file of its own beside it, which is made where there is none', async () => {
        const [fix] = await fixesOf({ 'acme.import.tsbtopo': imported }, 'open-question');
        expect(fix).toMatchObject({
            title: answer,
            changes: [
                {
                    uri: 'file:///acme.tsbtopo',
                    text: 'topology acme\n\nabout service shop/web {\n    calls shop/cart\n}\n',
                },
            ],
        });
    });

    test('is answered in the file by hand that is there, in the block about the same service', async () => {
        const files = {
            'acme.import.tsbtopo': imported,
            'b.tsbtopo': 'topology acme\nabout shop/web { owner "web" }\n',
        };
        const after = await answered(files);
        expect(after).toEqual({
            'acme.import.tsbtopo': imported,
            'b.tsbtopo': 'topology acme\nabout shop/web { owner "web"  calls shop/cart }\n',
        });
        expect(await fixesOf(after, 'open-question')).toEqual([]);
    });

    test('about the balancing of a host is answered about the host, in whichever file', async () => {
        const question = '// ? gslb ttl 1m of "a.example.com": external-dns publishes it';
        const text = `topology acme\n${around(`exposed "a.example.com"\n    ${question}`)}`;
        const [fix] = await fixesOf({ 'acme.import.tsbtopo': text }, 'open-question');
        expect(fix).toMatchObject({
            title: 'Yes: `about "a.example.com" { gslb ttl 1m }`',
            changes: [
                {
                    uri: 'file:///acme.tsbtopo',
                    text: 'topology acme\n\nabout "a.example.com" {\n    gslb ttl 1m\n}\n',
                },
            ],
        });
        const answered = 'topology acme\nabout a.example.com { gslb ttl 20s }\n';
        expect(await fixesOf({ 'a.import.tsbtopo': text, 'b.tsbtopo': answered }, 'open-question')).toEqual([]);
        const own = await fixed(text, 'open-question', 'Yes: `about "a.example.com" { gslb ttl 1m }`');
        expect(own).toBe(
            `topology acme\n${around('exposed "a.example.com"')}\nabout "a.example.com" {\n    gslb ttl 1m\n}\n`,
        );
    });

    test('about a home is answered once a file by hand has that home', async () => {
        const asking = `topology acme\n${around('// ? on west: requests were answered there; seen: 100 % on west')}`;
        const files = { 'a.import.tsbtopo': asking, 'b.tsbtopo': 'topology acme\n' };
        const after = (await fixed(files, 'open-question', 'Yes: `on west`')) as Record<string, string>;
        expect(after['b.tsbtopo']).toContain('about service shop/web {\n    on west\n}');
        expect(await fixesOf(after, 'open-question')).toEqual([]);
        const another = { ...files, 'b.tsbtopo': 'topology acme\nabout shop/web { on mgmt }\n' };
        expect(await titles(another, 'open-question')).toEqual(['Yes: `on west`']);
    });

    test('about the management plane that stands by is answered by a standby, in whichever file', async () => {
        const question = '// ? standby management cluster: 2 clusters have a management plane';
        const asked = `topology acme\nmanagement cluster mgmt {\n    ${question}\n}\n`;
        const open = async (byHand: string) => {
            const { documents, services } = await estate({ 'a.import.tsbtopo': asked, 'b.tsbtopo': byHand });
            const problems = gradedProblemsIn(documents.get('a.import.tsbtopo')!, services);
            return problems.filter(({ code }) => code === 'open-question').length;
        };
        expect(await open('topology acme\nworkload cluster dr\n')).toBe(1);
        expect(await open('topology acme\nstandby management cluster dr { copy }\n')).toBe(0);
    });

    test('of the network is answered by a network beside it', async () => {
        const asked = 'topology acme\nworkload cluster east\nworkload cluster west\n// ? west <-> …: no file says it\n';
        const after = await fixed(
            { 'a.import.tsbtopo': asked, 'b.tsbtopo': 'topology acme\n' },
            'open-question',
            'Yes: `network { west <-> east }`',
        );
        expect(after).toMatchObject({ 'b.tsbtopo': 'topology acme\n\nnetwork { west <-> east }\n' });
    });
});
