import { table, type Table } from '../knowledge/table.js';
import type { AcceptanceCode } from '../estate/acceptances.js';
import type { FindingCode } from '../findings/finding.js';
import * as drift from './families/drift.js';
import type { PromiseCode } from '../promises/problems.js';
import * as dependence from './families/dependence.js';
import * as about from './families/about.js';
import * as characters from './families/characters.js';
import * as exposures from './families/exposures.js';
import * as failover from './families/failover.js';
import * as header from './families/header.js';
import * as items from './families/items.js';
import * as names from './families/names.js';
import * as places from './families/places.js';
import * as planes from './families/planes.js';
import * as protection from './families/protection.js';
import * as questions from './families/questions.js';
import * as structure from './families/structure.js';
import { changed, quotedText } from './families/suggestions.js';
import * as syntax from './families/syntax.js';
import * as values from './families/values.js';
import type { Fixer } from './fix.js';
import { remedied } from './remedies.js';

/** How a diagnostic of one code can be mended. */
export interface Remediable {
    readonly fixer: Fixer;
    /** The fixes say different things about the estate, and none of them is likelier than the others. */
    readonly isChoice?: true;
    /** The first fix says what the file says already, only as it should be written: it may be done to a whole file. */
    readonly isSafe?: true;
}

/** Why nothing can be mended without knowing more than the file says. */
export interface NoRemedy {
    readonly because: string;
}

const fix = (fixer: Fixer): Remediable => ({ fixer });
const choice = (fixer: Fixer): Remediable => ({ fixer, isChoice: true });
const safe = (fixer: Fixer): Remediable => ({ fixer, isSafe: true });
const none = (because: string): NoRemedy => ({ because });

const ofLanguage: Table<Remediable | NoRemedy> = table({
    'unknown-word': fix(syntax.unknownWord),
    'missing-word': fix(syntax.missingWord),
    'missing-name': safe(syntax.missingName),
    'missing-value': choice(syntax.inserted),
    'missing-brace': fix(syntax.missingBrace),
    unreadable: fix(syntax.unreadable),
    syntax: none('Nothing better is known about the place than that it cannot be read.'),
    'too-many-mistakes': none('The mistakes before it have fixes of their own.'),
    'later-version': fix(syntax.laterVersion),
    'which-topology': choice(header.whichTopology),
    'late-header': safe(header.lateHeader),
    'two-versions': choice(header.twoVersions),
    'unknown-version': choice(header.unknownVersion),
    'odd-name': safe(quotedText),
    'unseen-character': fix(characters.unseenCharacter),
    'empty-name': none('Only you know the name.'),
    'duplicate-declaration': fix(names.duplicateDeclaration),
    'ambiguous-name': choice(changed),
    'unknown-cluster': fix(names.unknownCluster),
    'unknown-region': fix(names.unknownRegion),
    'unknown-zone': fix(names.unknownZone),
    'unknown-gateway': fix(names.unknownGateway),
    'unknown-service': fix(names.unknownService),
    'odd-duration': fix(values.oddDuration),
    'odd-number': fix(values.oddNumber),
    'odd-weights': fix(values.oddWeights),
    'odd-host': fix(values.oddHost),
    'needs-quotes': safe(quotedText),
    'misplaced-item': fix(items.misplacedItem),
    'repeated-item': fix(items.repeatedItem),
    'repeated-name': safe(items.repeatedName),
    'internal-with-place': choice(items.internalWithPlace),
    'wrong-gateway': fix(items.wrongGateway),
    'call-to-itself': safe(items.toItself),
    'link-to-itself': safe(items.toItself),
    'odd-time': none('Only you know when it happens.'),
    'odd-day': none('Only you know the day.'),
    'odd-choice': fix(changed),
    'odd-thing': fix(changed),
    'needs-reason': none('Only you know why.'),
    'unknown-code': choice(changed),
    'about-nothing': fix(about.aboutNothing),
    'said-twice': choice(about.saidTwice),
    'overrules-import': choice(about.overrulesImport),
    'settings-unreadable': none('It is about a file that is not of this language.'),
    'settings-unknown': none('It is about a file that is not of this language.'),
    'settings-value': none('It is about a file that is not of this language.'),
    'settings-fixed': none('It is about a file that is not of this language.'),
    'left-out': none('Where a file stands, and what a `.gitignore` says, is for you to decide.'),
    'open-question': choice(questions.openQuestionAnswered),
    drift: fix(drift.driftTakenOver),
    'internal-error': none('It is a mistake of the tool.'),
});

const ofPromises: Readonly<Record<PromiseCode | AcceptanceCode, NoRemedy>> = {
    'unknown-thing': none('What was probably meant stands in the message.'),
    'odd-expectation': none('Only you know what was to be expected.'),
    'expectation-failed': none('Whether the estate or the expectation has to change is for you to decide.'),
    'scenario-not-judged': none('Only you know which of the choices matter, and what the file does not say.'),
    'objective-broken': none('Whether the estate or the objective has to change is for you to decide.'),
    'objective-not-judged': none('Only you know what the file does not say.'),
    'place-assumed': none('Only you know where it is.'),
    'nothing-to-judge': none('It is no mistake.'),
    'acceptance-expired': none('Whether the risk is taken for longer is for you to decide.'),
    'acceptance-unused': none('It may be taken out.'),
    'accepted-failure': none('It is no mistake.'),
};

const ofFindings: Readonly<Record<Exclude<FindingCode, 'internal-error' | PromiseCode>, Remediable | NoRemedy>> = {
    'no-management-cluster': fix(structure.noManagementCluster),
    'several-management-clusters': fix(structure.severalManagementClusters),
    'several-standbys': none('Only you know which of them is the one.'),
    'standby-cannot-take-over': none('Only you know what it has, and what is kept where.'),
    'standby-shares-place': none('Only you know where else it could stand.'),
    'standby-assumed': none('It is no mistake, and only you can make sure.'),
    'copy-shares-place': none('Only you know where else it could stand.'),
    'copy-may-divide': none('It is no mistake, and only you can make sure.'),
    'copy-unsaid': none('Only you know how old it may be, and how long a promotion takes.'),
    'no-workload-cluster': fix(structure.noWorkloadCluster),
    'service-without-home': choice(structure.serviceWithoutHome),
    'tier1-on-management-cluster': fix(structure.tier1OnManagementCluster),
    'workload-on-management-cluster': fix(structure.workloadOnManagementCluster),
    'gateway-without-service': choice(structure.gatewayWithoutService),
    'virtual-machines-without-gateway': fix(remedied),
    'egress-gateway-without-effect': choice(structure.egressWithoutEffect),
    'zones-outside-cluster': fix(places.zonesOutsideCluster),
    'management-in-two-places': choice(places.managementInTwoPlaces),
    'colliding-name': none('Only you know a better name.'),
    'links-unlisted': none('It is no mistake.'),
    'postgres-unprotected': choice(protection.postgresUnprotected),
    'postgres-protection-unsaid': choice(protection.postgresUnsaid),
    'signing-key-unprotected': choice(protection.signingKeyUnprotected),
    'signing-key-protection-unsaid': choice(protection.signingKeyUnsaid),
    'telemetry-store-unprotected': choice(protection.telemetryStoreUnprotected),
    'telemetry-store-protection-unsaid': choice(protection.telemetryStoreUnsaid),
    'telemetry-path-assumed': choice(protection.telemetryPathAssumed),
    'replicas-no-majority': choice(values.noMajority),
    'backup-shares-fate': fix(protection.backupSharesFate),
    'not-restorable': fix(protection.notRestorable),
    'host-exposed-twice': fix(exposures.hostExposedTwice),
    'target-is-no-home': fix(exposures.targetIsNoHome),
    'target-unreachable': fix(exposures.targetUnreachable),
    'host-unreachable': fix(remedied),
    'ingress-to-other-cluster': fix(exposures.ingressToOtherCluster),
    'transit-by-east-west': fix(remedied),
    'one-way-reachability': fix(remedied),
    'single-homed-exposed-service': fix(exposures.singleHomed),
    'weighted-targets-without-failover': fix(exposures.weightedTargets),
    'single-entry-gateway': fix(exposures.singleEntry),
    'single-transit-gateway': fix(exposures.singleTransit),
    'target-gateway-unsaid': choice(exposures.targetGatewayUnsaid),
    'entry-gateways-without-gslb': fix(exposures.withoutGlobalBalancing),
    'only-entry-on-management-cluster': fix(exposures.singleEntry),
    'homes-in-one-place': fix(places.homesInOnePlace),
    'entries-in-one-place': fix(exposures.singleEntry),
    'failover-without-gateway': fix(failover.failoverWithoutGateway),
    'failover-unreachable': fix(remedied),
    'failover-namespaces-differ': fix(failover.namespacesDiffer),
    'failover-same-zone': fix(failover.sameZone),
    'failover-many-ways': none('It is no mistake, and only you know which clusters reach each other.'),
    'failover-without-outlier-detection': fix(failover.withoutOutlierDetection),
    'outlier-detection-unsaid': choice(failover.outlierDetectionUnsaid),
    'gateway-without-failover': choice(failover.gatewayWithoutFailover),
    'call-unreachable': fix(remedied),
    'never-starts-again': none('Only you know what may start without it.'),
    'needed-to-start-only': choice(dependence.neededToStartOnly),
    'required-in-one-place': fix(dependence.requiredInOnePlace),
    'helper-single-point': fix(dependence.helperSinglePoint),
    'telemetry-through-front-envoy': fix(planes.telemetryThroughFrontEnvoy),
    'short-token-ttl': fix(planes.shortTokenTtl),
    'gitops-sync-in-incident': fix(planes.gitopsSync),
    'gitops-in-several-clusters': choice(planes.gitopsInSeveralClusters),
    'redundancy-shares-fate': none('Only you know what stands elsewhere, and does not share this fate.'),
};

/** Every code of docs/diagnostics.md, with what can be done about it at a click. */
export const remedies: Table<Remediable | NoRemedy> = new Map([
    ...ofLanguage,
    ...table(ofFindings),
    ...table(ofPromises),
]);

/** What can be done about a code; undefined where nothing can. */
export function remedyFor(code: string): Remediable | undefined {
    const remedy = remedies.get(code);
    return remedy && 'fixer' in remedy ? remedy : undefined;
}
