// The native logger of VS Code's server, as plain appends to the same files.
// Written as "exports.name =" throughout: VS Code loads this with import(), which finds only such names.
const fs = require('node:fs');
const path = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
    level = LEVELS.indexOf('info');
    withoutPrefix = false;

    constructor(file) {
        fs.mkdirSync(path.dirname(file), { recursive: true });
        this.file = fs.openSync(file, 'a');
    }

    write(level, message) {
        if (this.file === undefined || level < this.level) return;
        const prefix = this.withoutPrefix ? '' : `${new Date().toISOString()} [${LEVELS[level]}] `;
        fs.writeSync(this.file, this.withoutPrefix ? message : `${prefix}${message}\n`);
    }

    trace = (message) => this.write(0, message);
    debug = (message) => this.write(1, message);
    info = (message) => this.write(2, message);
    warn = (message) => this.write(3, message);
    error = (message) => this.write(4, message);
    critical = (message) => this.write(5, message);

    getLevel = () => this.level;
    setLevel = (level) => (this.level = level);
    setPattern = () => (this.withoutPrefix = true);
    clearFormatters = () => (this.withoutPrefix = true);
    flush = () => {};

    drop() {
        if (this.file !== undefined) fs.closeSync(this.file);
        this.file = undefined;
    }
}

exports.version = 11400;
exports.Logger = class extends Logger {
    constructor(_name, file) {
        super(file);
    }
};
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (_name, file) => new Logger(file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
