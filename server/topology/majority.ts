/**
 * How many zones must be lost until an electing store has no majority of its members left. They are spread as evenly as
 * they go; where one zone holds more than another, nobody knows which, and the worst is told.
 */
export function zonesThatTakeTheMajority(members: number, zones: number): number {
    const fewest = Math.floor(members / zones);
    const zonesWithOneMore = members % zones;
    const canBeSpared = members - (Math.floor(members / 2) + 1);
    for (let lost = 1; lost <= zones; lost++) {
        const lostMembers = lost * fewest + Math.min(lost, zonesWithOneMore);
        if (lostMembers > canBeSpared) return lost;
    }
    return zones;
}
