// The rooms and who may know whom: read from the imports themselves.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { expect } from 'chai';
import { MAY } from './rooms.ts';

const SRC = resolve(import.meta.dirname, '../../src');

/** Beside its sub-folders. */
const MOST_FILES = 17;

interface Import {
  file: string;
  room: string;
  /** The imported file, where it is one of ours. */
  path: string | undefined;
  target: string;
  typeOnly: boolean;
}

function files(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) return files(path);
    return /\.[jt]s$/.test(path) ? [path] : [];
  });
}

const roomOf = (path: string) => {
  const [first = '', ...rest] = relative(SRC, path).split('/');
  return rest.length ? first : first.replace(/\.ts$/, '');
};

function importsOf(path: string): Import[] {
  const text = readFileSync(path, 'utf8');
  const atTop = text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm);
  const within = text.matchAll(DYNAMIC);
  const all = [
    ...[...atTop].map(([, typeOnly, target = '']) => ({ target, typeOnly: typeOnly !== undefined })),
    ...[...within].map(([, target = '']) => ({ target, typeOnly: false })),
  ];
  return all.map(({ target, typeOnly }) => ({
    file: relative(SRC, path),
    room: roomOf(path),
    path: target.startsWith('.') ? relative(SRC, resolve(path, '..', target)) : undefined,
    target: target.startsWith('.') ? roomOf(resolve(path, '..', target)) : target,
    typeOnly,
  }));
}

/** `import('…')`, of a module or of a type; what is loaded late is known all the same. */
const DYNAMIC = /\bimport\(\s*['"`]([^'"`]+)['"`]/g;

/** Three words or more in quotes, from a capital to a full stop. */
const SENTENCE = /(['`])[A-Z][^'`\n]* [^'`\n]* [^'`\n]*[.!?]\1/g;

const ALL = files(SRC).flatMap(importsOf);
const GRAPH = graphOf(ALL);
const from = (room: string) => ALL.filter((one) => one.room === room && one.target !== room);
const roomsOf = (names: readonly string[]) => new Set(names.map((name) => name.replace(/\.ts$/, '')));
const told = (imports: Import[]) => imports.map(({ file, target }) => `${file} imports ${target}`);

function graphOf(imports: readonly Import[]): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const { file, path } of imports) if (path) graph.set(file, (graph.get(file) ?? new Set()).add(path));
  return graph;
}

/** Every way back to where it began, once: each as the names on it. */
function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): void => {
    const at = way.indexOf(name);
    if (at >= 0) circles.push([...way.slice(at), name].join(' -> '));
    if (at >= 0 || done.has(name)) return;
    for (const next of graph.get(name) ?? []) visit(next, [...way, name]);
    done.add(name);
  };
  for (const name of graph.keys()) visit(name, []);
  return circles;
}

/** The rooms that do no I/O take only types from the store. */
const PURE = ['log', 'pods'];

describe('the rooms of the code', () => {
  it('are all there', () => {
    expect(ALL.length).to.be.greaterThan(200);
  });

  it('keep I/O out of the log and of what it means: of packages they know zod and node:crypto, of the store its types', () => {
    const rooms = roomsOf(readdirSync(SRC));
    const packages = ALL.filter(({ room, target }) => PURE.includes(room) && !rooms.has(target));
    expect(told(packages.filter(({ target }) => !['zod', 'node:crypto'].includes(target)))).to.deep.equal([]);
    const store = ALL.filter(({ room, target, typeOnly }) => PURE.includes(room) && target === 'store' && !typeOnly);
    expect(told(store)).to.deep.equal([]);
  });

  for (const [room, allowed] of Object.entries(MAY))
    it(`let ${room} know ${allowed.join(', ') || 'no other room'}`, () => {
      const rooms = roomsOf(readdirSync(SRC));
      const wrong = from(room).filter(({ target }) => rooms.has(target) && !allowed.includes(target));
      expect(told(wrong)).to.deep.equal([]);
    });

  it('load nothing late that can’t be read here', () => {
    const late = files(SRC).flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/\bimport\((?!\s*['"`][^'"`$]+['"`]\s*\))/g)].map(() =>
        relative(SRC, path),
      ),
    );
    expect(late).to.deep.equal([]);
  });

  it('let only the start know the practice workspace', () => {
    const wrong = ALL.filter(({ room, target }) => target === 'practice' && !['practice', 'start'].includes(room));
    expect(told(wrong)).to.deep.equal([]);
  });

  it('let only main know how Skein is joined, and only the command line know main', () => {
    const joined = ALL.filter(({ target }) => target === 'start' || target === 'main');
    const allowed: Record<string, readonly string[]> = { start: ['start', 'main'], main: ['cli'] };
    expect(told(joined.filter(({ room, target }) => !allowed[target]?.includes(room)))).to.deep.equal([]);
    // Loaded late, where a command needs it: these are seen too.
    expect(told(joined)).to.include('cli/commands/start.ts imports main');
  });

  it('join parts at the start and say nothing there: what people read stands in the rooms', () => {
    const joining = files(SRC).filter((path) => /^(start\/|main\.ts$)/.test(relative(SRC, path)));
    const sentences = joining.flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(SENTENCE)].map(([text]) => `${relative(SRC, path)}: ${text}`),
    );
    expect(sentences).to.deep.equal([]);
    expect("throw new InvalidInput('The port is taken.');").to.match(SENTENCE);
  });

  it('keep MCP in one room', () => {
    const wrong = ALL.filter(({ room, target }) => target.startsWith('@modelcontextprotocol/') && room !== 'tools');
    expect(told(wrong)).to.deep.equal([]);
  });

  it('keep each outside service behind its own room', () => {
    const homes: [RegExp, readonly string[]][] = [
      [/^@slack\//, ['slack']],
      [/^@anthropic-ai\//, ['agents']],
      [/^(mongoose|mongodb|libsql)$/, ['store']],
      [/^(agenda$|@agendajs\/)/, ['due']],
      [/^(imapflow|mailauth|htmlparser2)$/, ['email']],
      [/^markdown-it$/, ['email', 'slack']],
      // The practice mail server is the other side of the same protocols.
      [/^(mailparser|nodemailer|smtp-server)$/, ['email', 'practice']],
    ];
    for (const [pattern, rooms] of homes) {
      const wrong = ALL.filter(({ room, target }) => pattern.test(target) && !rooms.includes(room));
      expect(told(wrong)).to.deep.equal([]);
    }
  });

  it('let only config and the command line read the environment', () => {
    const readers = files(SRC).filter((path) => /process\.env/.test(readFileSync(path, 'utf8')));
    const wrong = readers.map((path) => relative(SRC, path)).filter((path) => !/^main\.ts$|^(config|cli)\//.test(path));
    expect(wrong).to.deep.equal([]);
  });

  it('import in no circle, not of types either', () => {
    expect(circlesIn(GRAPH)).to.deep.equal([]);
  });

  it('know each other in no circle', () => {
    const rooms = new Map<string, Set<string>>();
    for (const { room, target } of ALL)
      if (target !== room) rooms.set(room, (rooms.get(room) ?? new Set()).add(target));
    expect(circlesIn(rooms)).to.deep.equal([]);
  });

  it('read as tables of contents: no folder has more than about fifteen files beside its sub-folders', () => {
    const counts = new Map<string, number>();
    for (const entry of readdirSync(SRC, { recursive: true, withFileTypes: true })) {
      const folder = relative(SRC, entry.parentPath);
      if (entry.isFile()) counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    const full = [...counts].filter(([, count]) => count > MOST_FILES);
    expect(full).to.deep.equal([]);
  });

  it('keep every file below 400 lines', () => {
    const long = files(SRC).filter((path) => readFileSync(path, 'utf8').split('\n').length > 400);
    expect(long.map((path) => relative(SRC, path))).to.deep.equal([]);
  });

  it('open every file with a line that says what it is for', () => {
    const without = files(SRC).filter((path) => !/^(\/\/|#!)/.test(readFileSync(path, 'utf8')));
    expect(without.map((path) => relative(SRC, path))).to.deep.equal([]);
  });
});
