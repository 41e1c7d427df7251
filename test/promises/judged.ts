import { judgePromises } from '../../server/estate/promises.js';
import { gradedProblemsIn } from '../../server/estate/problem.js';
import { estate } from '../fixture.js';

/** What is said of the promises of an estate: "12 objective-broken error: …", in the order of the lines. */
export async function promised(text: string, { today = '2026-11-28', codes = ofPromises } = {}): Promise<string[]> {
    const { services, document } = await estate(text);
    services.workspace.Today.set(today);
    judgePromises(services.workspace.Estates.of(document.uri)!, services);
    return gradedProblemsIn(document, services)
        .filter(({ code }) => codes.test(code))
        .map(({ code, severity, message, at }) => `${at.range.start.line + 1} ${code} ${severity}: ${message}`);
}

/** What is said of promises, and what they rest on. */
export const withPlacesAssumed = {
    codes: /-not-judged$|^(place-assumed|unknown-thing|expectation-failed|objective-broken|accept.*)$/,
};

const ofPromises =
    /^(unknown-thing|odd-expectation|expectation-failed|scenario-|objective-|nothing-to-judge|accept|odd-|later-version|missing-|unknown-|internal)/;
