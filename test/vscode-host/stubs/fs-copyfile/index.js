// Copies files by cloning where the file system can; plain copying does as well.
const fs = require('node:fs');

exports.copyFile = (from, to) => fs.promises.copyFile(from, to);
exports.copyFileSync = fs.copyFileSync;
exports.isCloneSupported = () => false;
