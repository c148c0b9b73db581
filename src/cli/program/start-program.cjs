// Starts the program that lies beside it as one file. Compiling that takes longest, so the first run keeps V8's code cache for the
// next ones. The places in a stack are those of the sources.
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire, SourceMap, wrap } = require('node:module');
const { dirname, resolve } = require('node:path');
const { constants, Script } = require('node:vm');

/** V8 tells by the length alone whether a cache belongs to a text, so both begin with the text's own hash. */
const SEAL_BYTES = 64;
const STARTED_AFTER_MS = 5_000;

exports.bundleOf = (program) => program.replace(/\.cjs$/, '.bundle');
exports.sealed = (contents) =>
  Buffer.concat([Buffer.from(createHash('sha256').update(contents).digest('hex')), contents]);
exports.start = () => start(exports.bundleOf(__filename));

if (require.main === module) exports.start();

function start(path) {
  const bundle = readFileSync(path);
  const cache = `${path}.cache`;
  const seal = bundle.subarray(0, SEAL_BYTES);
  const cachedData = cacheAt(cache, seal);
  // One byte a character: esbuild writes ASCII.
  const script = new Script(wrap(bundle.latin1Slice(SEAL_BYTES)), {
    filename: path,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  mapStacks(path);
  const main = { exports: {} };
  script.runInThisContext()(main.exports, createRequire(__filename), main, __filename, dirname(__filename));
  if (cachedData && !script.cachedDataRejected) return;
  const keep = () => {
    const own = `${cache}.${process.pid}`;
    writeFileSync(own, Buffer.concat([seal, script.createCachedData()]));
    renameSync(own, cache);
  };
  keep();
  // It holds the functions that were called by then, so also those of a start.
  setTimeout(keep, STARTED_AFTER_MS).unref();
}

function cacheAt(path, seal) {
  try {
    const cache = readFileSync(path);
    return cache.subarray(0, SEAL_BYTES).equals(seal) ? cache.subarray(SEAL_BYTES) : undefined;
  } catch {
    return undefined;
  }
}

/** Node maps only what it loads itself. The map is read when the first stack is. */
function mapStacks(path) {
  let map;
  Error.prepareStackTrace = (error, frames) => {
    map ??= new SourceMap(JSON.parse(readFileSync(`${path}.map`, 'utf8')));
    return [String(error), ...frames.map((frame) => `    at ${placed(frame, path, map)}`)].join('\n');
  };
}

function placed(frame, path, map) {
  const text = String(frame);
  if (frame.getFileName() !== path) return text;
  const [line, column] = [frame.getLineNumber(), frame.getColumnNumber()];
  const { originalSource, originalLine, originalColumn } = map.findEntry(line - 1, columnIn(line, column) - 1);
  if (!originalSource) return text;
  const source = resolve(dirname(path), originalSource);
  return text.replace(`${path}:${line}:${column}`, `${source}:${originalLine + 1}:${originalColumn + 1}`);
}

/** What `wrap` puts before the first line is not on the map. */
function columnIn(line, column) {
  return line === 1 ? column - wrap('').indexOf('\n') : column;
}
