// Starts the program that lies beside it as one file. Compiling that takes longest, so the first run keeps V8's code cache for the
// next ones. The places in a stack are those of the sources.
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname, resolve } = require('node:path');
const { constants, Script } = require('node:vm');

/** V8 tells by the length alone whether a cache belongs to a text, so the text, its cache and its map begin with the text's hash. */
const SEAL_BYTES = 64;
const STARTED_AFTER_MS = 5_000;
const [COMMA, SEMICOLON] = [44, 59];

exports.bundleOf = (program) => program.replace(/\.cjs$/, '.bundle');
/** `text`: the text whose hash is the seal. */
exports.sealed = (contents, text = contents) =>
  Buffer.concat([Buffer.from(createHash('sha256').update(text).digest('hex')), contents]);
exports.start = () => start(exports.bundleOf(__filename));

function start(path) {
  const bundle = readFileSync(path);
  const cache = `${path}.cache`;
  const seal = Buffer.from(bundle.subarray(0, SEAL_BYTES));
  const cachedData = sealedAt(cache, seal);
  // One byte a character: esbuild writes ASCII.
  const script = new Script(wrap(bundle.latin1Slice(SEAL_BYTES)), {
    filename: path,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  mapStacks(path, seal);
  const main = { exports: {} };
  script.runInThisContext()(main.exports, createRequire(__filename), main, __filename, dirname(__filename));
  if (cachedData && !script.cachedDataRejected) return;
  // The cache saves time and nothing else: without one, as where nothing can be written any more, the program runs as well.
  const keep = () => {
    const own = `${cache}.${process.pid}`;
    try {
      writeFileSync(own, Buffer.concat([seal, script.createCachedData()]));
      renameSync(own, cache);
    } catch {
      rmSync(own, { force: true });
    }
  };
  keep();
  // It holds the functions that were called by then, so also those of a start.
  setTimeout(keep, STARTED_AFTER_MS).unref();
}

/** Undefined if the file is gone, or belongs to another text: a later start may have built the program again. */
function sealedAt(path, seal) {
  try {
    const contents = readFileSync(path);
    return contents.subarray(0, SEAL_BYTES).equals(seal) ? contents.subarray(SEAL_BYTES) : undefined;
  } catch {
    return undefined;
  }
}

/** Node maps only what it loads itself, and keeps each map, which takes more memory than the program. This reads it anew. */
function mapStacks(path, seal) {
  Error.prepareStackTrace = (error, frames) => {
    const own = frames.filter((frame) => frame.getFileName() === path);
    const places = own.map((frame) => [frame.getLineNumber(), columnIn(frame)]);
    const map = places.length ? mapAt(`${path}.map`, seal) : undefined;
    const sources = map ? placesIn(map, dirname(path), places) : [];
    const shown = frames.map((frame) => {
      const source = sources[own.indexOf(frame)];
      const built = `${path}:${frame.getLineNumber()}:${frame.getColumnNumber()}`;
      return `\n    at ${source ? String(frame).replace(built, () => source) : frame}`;
    });
    return `${headOf(error)}${shown.join('')}`;
  };
}

/** As Node writes it. A class's own `toString` may throw, or ask for the stack. */
function headOf(error) {
  try {
    const { name, code } = error;
    const head = Error.prototype.toString.call(error);
    return /^ERR_/.test(code) ? head.replace(name, `${name} [${code}]`) : head;
  } catch {
    return 'Error';
  }
}

/** On the map there is nothing before the text of the first line. */
function columnIn(frame) {
  return frame.getColumnNumber() - (frame.getLineNumber() === 1 ? wrap('').indexOf('\n') : 0);
}

/** Without a map, as while packages are installed, an error shows the places of the built file. */
function mapAt(path, seal) {
  try {
    return JSON.parse(String(sealedAt(path, seal)));
  } catch {
    return undefined;
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Returns where each [line, column] of the built file, both counted from 1, stands in a source. Undefined in packages. The map is
 * read through to the last of them: an entry has up to four numbers, each the difference to the one before, in base 64 with the
 * sign in the lowest bit (https://tc39.es/ecma426/).
 */
function placesIn({ mappings, sources }, folder, places) {
  const digits = new Uint8Array(128);
  for (let n = 0; n < DIGITS.length; n++) digits[DIGITS.charCodeAt(n)] = n;
  const found = places.map(() => undefined);
  const lines = new Set(places.map(([line]) => line));
  const last = Math.max(...places.map(([line]) => line));
  // Column in the built file, source, line, column.
  const now = [0, 0, 0, 0];
  let [line, numbers, value, shift] = [1, 0, 0, 0];
  const note = () => {
    for (const [n, [of, column]] of places.entries())
      if (of === line && now[0] < column) found[n] = numbers > 1 ? now.slice(1) : undefined;
  };
  for (let at = 0; at < mappings.length && line <= last; at++) {
    const code = mappings.charCodeAt(at);
    if (code === COMMA || code === SEMICOLON) {
      if (numbers && lines.has(line)) note();
      numbers = 0;
      if (code === COMMA) continue;
      line += 1;
      now[0] = 0;
      continue;
    }
    value += (digits[code] & 31) << shift;
    shift += 5;
    if (digits[code] & 32) continue;
    if (numbers < now.length) now[numbers] += value & 1 ? -(value >> 1) : value >> 1;
    numbers += 1;
    [value, shift] = [0, 0];
  }
  if (numbers && lines.has(line)) note();
  return found.map((place) => {
    if (!place) return undefined;
    const [source, sourceLine, column] = place;
    return `${resolve(folder, sources[source])}:${sourceLine + 1}:${column + 1}`;
  });
}

// Last, so that a program that fails at once finds all constants.
if (require.main === module) exports.start();
