import type { ValidationAcceptor } from 'langium';
import type * as ast from '../generated/ast.js';
import { wholeNumber } from '../syntax/amounts.js';
import { firstItem } from '../syntax/items.js';
import { mostCopiesToldApart } from '../../topology/elements.js';
import { report } from './check.js';

/** Where an external service stands, if that is in several places. */
export const severalPlacesChecks = {
    ExternalService: (service: ast.ExternalService, accept: ValidationAcceptor) => {
        checkDistinctPlaces(service, accept);
        const replicas = firstItem(service.items, 'Replicas');
        if (replicas && service.places.length > 1) checkCopies(replicas, service.places.length, accept);
    },
};

/** A place that is listed, or stands in one that is. */
function checkDistinctPlaces(service: ast.ExternalService, accept: ValidationAcceptor): void {
    const { places } = service;
    places.forEach((place, index) => {
        const [region, zone] = [place.region?.ref, place.zone?.ref];
        if (!region || (place.zone && !zone)) return;
        const covering = places.find(
            (other, at) =>
                other.region?.ref === region &&
                (zone === other.zone?.ref ? at < index : !other.zone && zone !== undefined),
        );
        if (!covering) return;
        const written = place.$cstNode?.text ?? '';
        const message =
            covering.zone || !zone
                ? `\`${written}\` is already listed.`
                : `\`${written}\` is a zone of \`${region.name}\`, which is listed, too: say either the region or its zones.`;
        report(accept, service, 'repeated-name', message, { severity: 'warning', property: 'places', index });
    });
}

function checkCopies(replicas: ast.Replicas, places: number, accept: ValidationAcceptor): void {
    const total = wholeNumber(replicas.total);
    const count = total ?? wholeNumber(replicas.count);
    const property = total === undefined ? 'count' : 'total';
    if (replicas.zones.length > 0) {
        const message = 'It stands in several places, and its copies are spread over these: leave `across zones` out.';
        report(accept, replicas, 'unknown-zone', message, { property: 'zones' });
    }
    if (count && count < places) {
        const copies = `${count} ${count === 1 ? 'replica' : 'replicas'}`;
        report(accept, replicas, 'odd-number', `${copies} cannot stand in ${places} places.`, { property });
    }
    if (total && total > mostCopiesToldApart) {
        const message = `More than ${mostCopiesToldApart} copies in several places are not told apart: say fewer, in the same proportion.`;
        report(accept, replicas, 'odd-number', message, { property });
    }
}
