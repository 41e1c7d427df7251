// Ends the extension host when its parent is gone; server.mjs ends the whole process group instead.
exports.start = () => {};
