// Starts the program that lies beside it as one file. Compiling that takes longest, so the first run keeps V8's code cache for the
// next ones. The places in a stack are those of the sources.
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, rmSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
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
  const script = new Script(bundle.latin1Slice(SEAL_BYTES), {
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
    const own = frames.some((frame) => frame.getFileName() === path);
    const map = own ? mapAt(`${path}.map`, seal) : undefined;
    const shown = frames.map((frame) => {
      const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
      const source = map && frame.getFileName() === path && placeIn(map, dirname(path), line, column);
      return `\n    at ${source ? String(frame).replace(`${path}:${line}:${column}`, () => source) : frame}`;
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

/** Without a map, as while packages are installed, an error shows the places of the built file. */
function mapAt(path, seal) {
  try {
    const map = sealedAt(path, seal);
    const end = map.indexOf('\n');
    return { ...JSON.parse(map.latin1Slice(0, end)), mappings: map.subarray(end + 1) };
  } catch {
    return undefined;
  }
}

/**
 * Returns a source map in the form in which one place is found without the rest: a line of JSON with the sources, and for each
 * block of lines of the built file where it begins in the mappings and from which numbers it counts; then the mappings. An error
 * is nothing rare: whatever closes a socket makes one, and Node asks for its stack.
 */
exports.indexed = (map) => {
  const { sources, mappings } = JSON.parse(map);
  const blocks = [];
  const bytes = Buffer.from(mappings);
  let line = 0;
  const begin = (at, now) => {
    if (line % BLOCK_LINES === 0) blocks.push([at, ...now.slice(1)]);
    line += 1;
  };
  const first = [0, 0, 0, 0];
  begin(0, first);
  walk(bytes, 0, first, () => {}, begin);
  return Buffer.concat([Buffer.from(`${ascii(JSON.stringify({ sources, blocks }))}\n`), bytes]);
};

const BLOCK_LINES = 64;

function ascii(json) {
  return json.replace(/[^\0-\x7f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Returns where a line and column of the built file, both counted from 1, stand in a source. Undefined in packages. */
function placeIn({ sources, blocks, mappings }, folder, line, column) {
  const block = Math.floor((line - 1) / BLOCK_LINES);
  if (!blocks[block]) return undefined;
  const [at, ...from] = blocks[block];
  let now = block * BLOCK_LINES + 1;
  let found;
  const entry = (numbers, [built, ...place]) => {
    if (now === line && built < column) found = numbers > 1 ? place : undefined;
  };
  walk(mappings, at, [0, ...from], entry, () => now++ === line);
  if (!found) return undefined;
  const [source, sourceLine, sourceColumn] = found;
  return `${resolve(folder, sources[source])}:${sourceLine + 1}:${sourceColumn + 1}`;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * Reads mappings on from a line's beginning. `now`: column in the built file, source, line, column. An entry has up to four
 * numbers, each the difference to the one before, in base 64 with the sign in the lowest bit (https://tc39.es/ecma426/). Calls
 * `entry` after each, and `begun` with the beginning of the next line; ends if that returns true.
 */
function walk(mappings, from, now, entry, begun) {
  const digits = new Uint8Array(128);
  for (let n = 0; n < DIGITS.length; n++) digits[DIGITS.charCodeAt(n)] = n;
  let [numbers, value, shift] = [0, 0, 0];
  for (let at = from; at < mappings.length; at++) {
    const code = mappings[at];
    if (code === COMMA || code === SEMICOLON) {
      if (numbers) entry(numbers, now);
      numbers = 0;
      if (code === COMMA) continue;
      now[0] = 0;
      if (begun(at + 1, now)) return;
      continue;
    }
    value += (digits[code] & 31) << shift;
    shift += 5;
    if (digits[code] & 32) continue;
    if (numbers < now.length) now[numbers] += value & 1 ? -(value >> 1) : value >> 1;
    numbers += 1;
    [value, shift] = [0, 0];
  }
  if (numbers) entry(numbers, now);
}

// Last, so that a program that fails at once finds all constants.
if (require.main === module) exports.start();
