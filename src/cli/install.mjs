// Installs missing packages by package-lock.json. Plain JavaScript without dependencies, since it runs before the install.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const OLDEST = [20, 19];

/** Returns why this version of Node can't run Skein. Empty if it can. */
export function nodeFault(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return '';
  return `Skein needs Node ${OLDEST.join('.')} or newer, and this is ${version}. Install a newer one from https://nodejs.org and run this again.`;
}

/** Installs missing packages. Returns the failure and its cure, empty on success. `dev`: includes development dependencies. */
export function installMissing({ home, dev, say = (line) => console.error(line), npm = runNpm }) {
  let missing;
  try {
    missing = missingIn(readLock(join(home, 'package-lock.json')), installedIn(home), dev);
  } catch (error) {
    return `package-lock.json can't be read: ${error.message}. Restore it, as with: git checkout package-lock.json`;
  }
  if (missing.length === 0) return '';
  say('Installing what Skein needs, once (npm ci) …');
  const { status, output } = npm(
    ['ci', '--no-audit', '--no-fund', '--loglevel=error', ...(dev ? ['--include=dev'] : [])],
    home,
  );
  if (status === 0) return '';
  return `${output.trim()}\nThe packages could not be installed. Look at the lines above (often the network, a proxy or npm's registry setting), then run “npm ci” in ${home}`;
}

/** Packages of the lock that are missing or have another version. Packages of other platforms may be absent. */
export function missingIn(lock, installed, dev) {
  return Object.entries(lock.packages)
    .filter(([path, wanted]) => path && !wanted.optional && !wanted.devOptional && (dev || !wanted.dev))
    .filter(([path, wanted]) => installed.packages[path]?.version !== wanted.version)
    .map(([path]) => path);
}

function readLock(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** npm writes this file at the end of an install. After an interrupted one it is absent. */
function installedIn(home) {
  try {
    return readLock(join(home, 'node_modules', '.package-lock.json'));
  } catch {
    return { packages: {} };
  }
}

/** Runs the npm that started this process, else the one in PATH. */
function runNpm(args, cwd) {
  const own = process.env.npm_execpath;
  const [command, first] = own?.endsWith('.js') ? [process.execPath, [own]] : ['npm', []];
  const shell = command === 'npm' && process.platform === 'win32';
  const done = spawnSync(command, [...first, ...args], {
    cwd,
    shell,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return {
    status: done.status,
    output: done.error ? `npm could not be run: ${done.error.message}` : `${done.stdout}${done.stderr}`,
  };
}
