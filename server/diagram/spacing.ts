/** What is between things, and how high what has no text of its own is; px of a picture that is not scaled. */
export const spacing = {
    left: 108,
    right: 28,
    top: 20,
    bottom: 22,
    column: 26,
    columnPad: 30,
    card: 36,
    regionHead: 46,
    /** Below the last row of a shelf, within its regions. */
    regionFoot: 20,
    host: 42,
    hostGap: 18,
    /** Left below the highest card of a row in which services are drawn: so much a service more takes. */
    spare: 52,
};
