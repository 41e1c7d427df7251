import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorsIn, importFiles } from './imported.js';
import { planted, plantedInTerraform, secret } from './planted.js';

const everything = (imported: ReturnType<typeof importFiles>) => `${imported.text}${JSON.stringify(imported.report)}`;

test('of a field that is not on the list no value reaches any output', () => {
    for (const document of planted)
        expect(everything(importFiles({ 'a.yaml': document })), document).not.toContain(secret);
});

test('nor of what Terraform keeps of it, or marks as sensitive', () => {
    for (const state of plantedInTerraform) {
        const { text, report } = importFiles({ 'tf.json': state });
        expect(`${text}${JSON.stringify(report)}`, state).not.toContain(secret);
    }
});

test('whatever stands together, and however it is cut', () => {
    fc.assert(
        fc.property(
            fc.shuffledSubarray([...planted], { minLength: 1 }),
            fc.nat(),
            fc.nat(20),
            fc.boolean(),
            (documents, at, length, isDump) => {
                const whole = documents.join('---\n');
                const cut = at % whole.length;
                // what is cut out must not make a name of it
                const text = whole.slice(0, cut) + whole.slice(cut).replace(new RegExp(`^[^\\n]{0,${length}}`), '');
                const file = isDump
                    ? JSON.stringify({ kind: 'List', items: [{ kind: 'Secret', data: { a: secret } }] })
                    : text;
                const found = everything(importFiles({ 'a.yaml': file }));
                expect(found.includes(secret) && !isNamed(file)).toBe(false);
            },
        ),
        { numRuns: 200 },
    );
});

/** A cut that has put the secret where a name belongs, such as behind `name:`. */
function isNamed(text: string): boolean {
    return /(name|host|hostname|clusterName|app|labels|annotations|owner|address|selector|tenant)["']?:[^\n]*PLANTED/.test(
        text,
    );
}

test('what is read of a broken estate is one without errors', async () => {
    const { text } = importFiles(Object.fromEntries(planted.map((document, n) => [`${n}.yaml`, document])));
    expect(await errorsIn(text)).toEqual([]);
});
