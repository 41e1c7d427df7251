import type { AstNode, ValidationAcceptor } from 'langium';
import * as ast from '../generated/ast.js';
import { durationInSeconds } from '../syntax/amounts.js';
import { report } from './check.js';
import { checkDuration } from './values.js';

/** What cannot be required, or not in that way, and from what nothing can come. */
export const requirementChecks = {
    Requires: checkRequires,
    Gslb: ({ by }: ast.Gslb, accept: ValidationAcceptor) => checkOutside(by, 'DNS records are moved through', accept),
    GitOps: ({ source }: ast.GitOps, accept: ValidationAcceptor) =>
        checkOutside(source, 'Objects are fetched from', accept),
    EndOfLife: (item: ast.EndOfLife, accept: ValidationAcceptor) => {
        checkDuration(item, 'ttl', item.ttl, accept, 1);
        const { $container: block } = item;
        if (ast.isSecret(block) && block.kind !== 'root-ca') {
            report(accept, item, 'misplaced-item', `Only \`root-ca\` has an end: \`${block.kind}\` is replaced.`);
        }
    },
    NoWorkloads: (item: ast.NoWorkloads, accept: ValidationAcceptor) => {
        const { $container: cluster } = item;
        if (!ast.isManagementCluster(cluster) || cluster.standby) return;
        const message = 'A management cluster runs no workloads anyway, unless a service says so.';
        report(accept, item, 'misplaced-item', message);
    },
};

function checkRequires(line: ast.Requires, accept: ValidationAcceptor): void {
    const { $container: block, callees, either, start, every, ttl, through } = line;
    checkDuration(line, 'every', every, accept, 1);
    checkDuration(line, 'ttl', ttl, accept, 1);
    const [often, lasts] = [durationInSeconds(every), durationInSeconds(ttl)];
    if (often && lasts && lasts < often) {
        const message = `What is got every ${every} has to be worth something for as long: \`ttl\` is at least \`${every}\`.`;
        report(accept, line, 'odd-duration', message, { property: 'ttl' });
    }
    if (either.length > 0 && either.length < callees.length - 1) {
        const message = '`,` and `or` do not mix, for nobody could tell what is meant: say two lines.';
        report(accept, line, 'odd-choice', message, { property: 'either' });
    }
    const isService = ast.isService(block) || (ast.isAbout(block) && isAboutServices(block));
    if (isService && !start && every === undefined) return;
    const [gateway] = through;
    if (gateway)
        report(accept, gateway, 'misplaced-item', 'Only what a service calls at run time goes `through` gateways.');
}

/** What moves DNS records, and where Git objects come from, is no part of the mesh. */
function checkOutside(reference: ast.ServiceReference | undefined, what: string, accept: ValidationAcceptor): void {
    const called = reference?.service?.ref;
    if (!reference || !ast.isService(called)) return;
    const message = `${what} an \`external service\`; \`${called.name}\` runs in the mesh.`;
    report(accept, reference, 'misplaced-item', message, { property: 'service' });
}

function isAboutServices({ things }: ast.About): boolean {
    return things.every((thing: AstNode) => ast.isNamedThing(thing) && ast.isService(thing.thing?.ref));
}
