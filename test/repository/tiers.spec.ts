// The tiers of the tests: every spec is in one, and the quick ones start no process and open no socket.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect } from 'chai';

interface Tiers {
  TIERS: Record<'quick' | 'system', string[]>;
  specsIn(home: string): string[];
  tierOf(spec: string): string | undefined;
  leads(path: string, spec: string): boolean;
}

const HOME = resolve(import.meta.dirname, '../..');

/** Modules by which a spec starts a process, listens or connects. */
const PROCESSES_AND_SOCKETS =
  /^(node:(child_process|cluster|dgram|http|https|http2|net|tls|worker_threads)|emulate|express|playwright-core|smtp-server|ws)$/;

/** Parts of Skein that do so for a spec: all of it, the practice servers, tools' servers, the processes that read mails, and Agenda. */
const SERVERS =
  /^src\/(main\.ts|practice\/(mail|model|slack)\/server\.ts|tools\/mcp\/(client|check-servers)\.ts|email\/parse\/read-(mail|process)\.ts|due\/agenda\.ts)$/;

/** The modules that a file imports, as repository paths for our own files. Type imports do not count. */
function loadedBy(file: string): string[] {
  const text = readFileSync(join(HOME, file), 'utf8');
  const atTop = [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)';/gm)];
  const names = [
    ...atTop.filter(([, type]) => !type).map(([, , name = '']) => name),
    ...[...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)].map(([, name = '']) => name),
  ];
  return names.map((name) => (name.startsWith('.') ? relative(HOME, resolve(HOME, dirname(file), name)) : name));
}

/** The ways from a spec, through the files of the tests, to a process or a socket. */
function waysOut(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  return loadedBy(file).flatMap((name) => {
    if (PROCESSES_AND_SOCKETS.test(name) || SERVERS.test(name)) return [`${file} loads ${name}`];
    return name.startsWith('test/') && name.endsWith('.ts') && existsSync(join(HOME, name)) ? waysOut(name, seen) : [];
  });
}

describe('the tiers of the tests', () => {
  let tiers: Tiers;
  let specs: string[];
  before(async () => {
    tiers = await import(String(new URL('../../.ci/tiers.mjs', import.meta.url)));
    specs = tiers.specsIn(HOME);
  });

  it('have every spec in exactly one', () => {
    expect(specs.filter((spec) => !tiers.tierOf(spec))).to.deep.equal([]);
    const paths = Object.values(tiers.TIERS).flat();
    expect(paths.filter((path, n) => paths.indexOf(path) !== n)).to.deep.equal([]);
    expect(specs).to.include('repository/tiers.spec.ts');
  });

  it('name no path that leads to no spec', () => {
    const paths = Object.values(tiers.TIERS).flat();
    expect(paths.filter((path) => !specs.some((spec) => tiers.leads(path, spec)))).to.deep.equal([]);
  });

  it('take the longest path that leads to a spec', () => {
    expect(tiers.tierOf('agents/runs/agent-loop.spec.ts')).to.equal('quick');
    expect(tiers.tierOf('agents/model/anthropic.spec.ts')).to.equal('system');
    expect(tiers.tierOf('journeys/mention.spec.ts')).to.equal('system');
    expect(tiers.tierOf('podsomething/new.spec.ts')).to.equal(undefined);
  });

  it('are quick where a spec starts no process and opens no socket', () => {
    const quick = specs.filter((spec) => tiers.tierOf(spec) === 'quick');
    expect(quick.length).to.be.greaterThan(150);
    expect(quick.flatMap((spec) => waysOut(`test/${spec}`))).to.deep.equal([]);
    expect(waysOut('test/journeys/mention.spec.ts')).to.deep.equal(['test/journeys/team.ts loads src/main.ts']);
  });
});
