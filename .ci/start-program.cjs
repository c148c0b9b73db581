// Starts the program that lies beside it as one file. Compiling that takes longest, so the first run keeps V8's code cache for the
// next ones.
const { createHash } = require('node:crypto');
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { createRequire, wrap } = require('node:module');
const { dirname } = require('node:path');
const { constants, Script } = require('node:vm');

/** V8 tells by the length alone whether a cache belongs to a text, so both begin with the text's own hash. */
const SEAL_BYTES = 64;
const STARTED_AFTER_MS = 5_000;

exports.bundleOf = (program) => program.replace(/\.cjs$/, '.bundle');
exports.sealed = (contents) =>
  Buffer.concat([Buffer.from(createHash('sha256').update(contents).digest('hex')), contents]);

if (require.main === module) start(exports.bundleOf(__filename));

function start(path) {
  const bundle = readFileSync(path);
  const cache = `${path}.cache`;
  const seal = bundle.subarray(0, SEAL_BYTES);
  const cachedData = cacheAt(cache, seal);
  const script = new Script(wrap(bundle.toString('utf8', SEAL_BYTES)), {
    filename: __filename,
    cachedData,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
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
