import { AstUtils } from 'langium';
import * as ast from '../../language/generated/ast.js';
import { clusterOfGateway } from '../../language/naming/names.js';
import { homeListsOf } from '../../language/syntax/items.js';
import type { Change } from '../../estate/change.js';
import type { Fix, Fixer, Surroundings } from '../fix.js';
import type { Problem } from '../../estate/problem.js';
import { withFailover, withHome } from '../services.js';
import { fix, mostVariants } from '../words.js';
import { appended, nodeOf, replacedProperty, withItem, withListed } from '../write.js';

/** Something that services cannot serve without, and that stands in one place: a second one where they run. */
export const requiredInOnePlace: Fixer = (problem, around) => {
    const line = choiceAt(problem, around);
    return line ? secondHomesOfOne(line, around) : secondHomes(problem, around);
};

/** The line of which one will do, where it is told there, and not at what is required. */
function choiceAt({ at }: Problem, around: Surroundings): ast.Requires | undefined {
    const reference = nodeOf(around, at, ast.isServiceReference);
    return reference && ast.isRequires(reference.$container) ? reference.$container : undefined;
}

/** Of what a line names with `or`: one of them in a second place. */
function* secondHomesOfOne(line: ast.Requires, around: Surroundings): Iterable<Fix | undefined> {
    const service = AstUtils.getContainerOfType(line, ast.isService);
    if (!service) return;
    const places = homesOf(service);
    for (const called of new Set(line.callees.map((callee) => callee.service.ref))) {
        if (ast.isExternalService(called)) yield* secondPlaces(called, places, around);
        else if (ast.isService(called)) yield* secondHomesOn(called, places, around);
    }
}

/** A service that is required to start, and may be asked later, too. */
export const neededToStartOnly: Fixer = function* ({ at }, around) {
    const line = nodeOf(around, at, ast.isRequires);
    const { $container: block, callees = [] } = line ?? {};
    if (!block || !(ast.isService(block) || ast.isAbout(block))) return;
    for (const { service } of callees.filter((callee) => ast.isService(callee.service?.ref)))
        for (const verb of ['calls', 'requires'])
            yield fix(`Say \`${verb} ${service.$refText}\`, too`, withItem(block, `${verb} ${service.$refText}`));
};

/** A helper without which requests are refused: a second one, or let them pass. */
export const helperSinglePoint: Fixer = function* (problem, around) {
    yield* secondHomes(problem, around);
    const helpers = asking(problem, around).flatMap((reference) => {
        const helper = reference.$container;
        return ast.isExternalAuthorization(helper) || ast.isRateLimit(helper) ? helper : [];
    });
    yield fix('Say `fails open`: requests go on without it', ...helpers.map(failingOpen));
};

function failingOpen(helper: ast.ExternalAuthorization | ast.RateLimit): Change[] {
    return helper.fails ? replacedProperty(helper, 'fails', 'open') : appended(helper, ' fails open');
}

/** What names the thing in one place, as far as the finding points to it. */
function asking({ finding }: Problem, around: Surroundings): ast.ServiceReference[] {
    return (finding?.related ?? []).flatMap(({ at }) => nodeOf(around, at, ast.isServiceReference) ?? []);
}

/** An external service: a second region in which they run. */
function* secondPlaces(
    external: ast.ExternalService,
    users: readonly ast.Cluster[],
    around: Surroundings,
): Iterable<Fix | undefined> {
    const taken = new Set(external.places.map(({ region }) => region?.ref));
    const regions = new Set(users.map(({ place }) => place?.region?.ref));
    for (const region of [...regions].filter((each) => each && !taken.has(each)).slice(0, mostVariants)) {
        const written = around.write(region!.name, 'RegionName');
        yield fix(`Let \`${external.name}\` stand in \`${written}\`, too`, withListed(external, 'places', written));
    }
}

function* secondHomes(problem: Problem, around: Surroundings): Iterable<Fix | undefined> {
    const places = asking(problem, around).flatMap((reference) => {
        const service = AstUtils.getContainerOfType(reference, ast.isService);
        const gateway = AstUtils.getContainerOfType(reference, ast.isGateway);
        const cluster = gateway && clusterOfGateway(gateway);
        return service ? homesOf(service) : cluster ? [cluster] : [];
    });
    const external = nodeOf(around, problem.at, ast.isExternalService);
    if (external) yield* secondPlaces(external, places, around);
    const called = nodeOf(around, problem.at, ast.isService);
    if (called) yield* secondHomesOn(called, places, around);
}

function* secondHomesOn(
    called: ast.Service,
    places: readonly ast.Cluster[],
    around: Surroundings,
): Iterable<Fix | undefined> {
    const homes = new Set(homesOf(called));
    for (const cluster of [...new Set(places)].filter((each) => !homes.has(each)).slice(0, mostVariants)) {
        const failover = called.items.some(ast.isFailover) ? [] : [withFailover(called)];
        const home = withHome(called, cluster.name, around);
        const title = `Let \`${called.name}\` run on \`${cluster.name}\`, too`;
        yield fix(title, home);
        if (failover.length > 0) yield fix(`${title}, with failover`, home, ...failover);
    }
}

function homesOf(service: ast.Service): ast.Cluster[] {
    return homeListsOf(service).flatMap((list) => list.homes.flatMap(({ cluster }) => cluster?.ref ?? []));
}
