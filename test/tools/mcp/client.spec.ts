// The MCP client against real servers: two of the reference servers over stdio, and some that misbehave.

import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { NotFound, Retryable } from '../../../src/errors.ts';
import type { ToolServer } from '../../../src/tools/manifest.ts';
import { type McpServers, makeMcpServers } from '../../../src/tools/mcp/client.ts';
import { heardBy } from '../../logs.ts';
import { aServer, type Over, rejection } from '../mcp-builders.ts';

const bin = (name: string) => new URL(`../../../node_modules/.bin/${name}`, import.meta.url).pathname;

/** A whole MCP server in a few lines that does as its tools are called. */
const SCRIPT = `
const tools = ['pid', 'crash', 'hang', 'echo'].map((name) => ({ name, inputSchema: { type: 'object' } }));
const send = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n');
let lists = 0;
const answer = ({ id, method, params }) => {
  if (method === 'initialize') return send({ id, result: { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } } });
  if (method === 'tools/list') { lists++; return send({ id, result: { tools: [...tools, { name: 'list ' + lists, inputSchema: {} }, 7] } }); }
  if (method === 'ping') return send({ id, result: {} });
  if (method !== 'tools/call') return;
  if (params.name === 'crash') { process.stderr.write('out of cheese, ' + process.env.TOKEN); process.exit(3); }
  if (params.name === 'hang') { if (params.arguments.wholly) process.stdin.removeAllListeners('data'); return; }
  if (params.name === 'pid') return send({ id, result: { content: [{ type: 'text', text: String(process.pid) }] } });
  if (params.name === 'echo') return send({ id, result: params.arguments });
  send({ id, error: { code: -32602, message: 'no tool ' + params.name } });
};
let rest = '';
process.stdin.on('data', (chunk) => {
  const lines = (rest + chunk).split('\\n');
  rest = lines.pop();
  for (const line of lines) answer(JSON.parse(line));
});
`;

const alive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('MCP servers', () => {
  const open: McpServers[] = [];
  let now: number;
  let warned: string[];
  const start = (...manifests: ToolServer[]): McpServers => {
    const logger = heardBy((phrase) => warned.push(phrase));
    const servers = makeMcpServers(manifests, { logger, clock: { now: () => now } });
    open.push(servers);
    return servers;
  };
  beforeEach(() => {
    now = 0;
    warned = [];
  });
  afterEach(() => Promise.all(open.splice(0).map((servers) => servers.stop())));

  describe('of a filesystem', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await realpath(await mkdtemp(join(tmpdir(), 'files-')));
      await writeFile(join(folder, 'note.txt'), 'Hello from a file.');
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));
    const files = () => start(aServer({ name: 'files', command: bin('mcp-server-filesystem'), args: [folder] }));

    it('list their tools with the schemas of their inputs', async () => {
      const tools = await files().tools('files');
      const tool = tools.find(({ name }) => name === 'read_text_file');
      expect(tool?.inputSchema).to.have.nested.property('properties.path');
      expect(tool?.description).to.not.equal('');
    });

    it('answer calls', async () => {
      const call = { server: 'files', tool: 'read_text_file', input: { path: join(folder, 'note.txt') } };
      expect(await files().call(call)).to.deep.equal({ kind: 'answered', text: 'Hello from a file.', isError: false });
    });

    it('give their own refusals as an error that can be read', async () => {
      const outcome = await files().call({ server: 'files', tool: 'read_text_file', input: { path: '/etc/passwd' } });
      expect(outcome).to.include({ kind: 'answered', isError: true });
      expect(outcome.text).to.contain('outside allowed directories');
    });
  });

  describe('of everything', () => {
    const everything = (over: Over = {}) =>
      start(aServer({ name: 'all', command: bin('mcp-server-everything'), args: ['stdio'], ...over }));

    it('get nothing of our environment but what every program needs, and what their manifest gives', async () => {
      process.env.SKEIN_TEST_SECRET = 'do-not-tell';
      try {
        const { text } = await everything({ env: { GIVEN: 'by-manifest' } }).call({
          server: 'all',
          tool: 'get-env',
          input: {},
        });
        const seen = JSON.parse(text);
        expect(seen).to.include({ GIVEN: 'by-manifest' });
        expect(
          Object.keys(seen).filter(
            (key) => !['HOME', 'LOGNAME', 'PATH', 'SHELL', 'TERM', 'USER', 'GIVEN'].includes(key),
          ),
        ).to.deep.equal([]);
      } finally {
        delete process.env.SKEIN_TEST_SECRET;
      }
    });

    it('have the secrets of their manifest cut out of what they say', async () => {
      const server = everything({ env: { TOKEN: 'tok-123456' }, secrets: ['tok-123456'] });
      const { text } = await server.call({ server: 'all', tool: 'get-env', input: {} });
      expect(JSON.parse(text).TOKEN).to.equal('[secret]');
    });

    it('have pictures and links described', async () => {
      const server = everything();
      const image = await server.call({ server: 'all', tool: 'get-tiny-image', input: {} });
      expect(image.text).to.match(/\[image, image\/png, \d+ (bytes|kB), not shown\]/);
      const links = await server.call({ server: 'all', tool: 'get-resource-links', input: { count: 2 } });
      expect(links.text).to.match(/\[link to \S+ \(.+\)\]/);
    });

    it('may work longer than the timeout while they report progress', async () => {
      const input = { duration: 3, steps: 15 };
      const call = { server: 'all', tool: 'trigger-long-running-operation', input, timeoutMs: 2_500 };
      expect(await everything().call(call)).to.include({ kind: 'answered', isError: false });
    });

    it('do not list tools that only run as a protocol task', async () => {
      const names = (await everything().tools('all')).map(({ name }) => name);
      expect(names).to.include('echo').and.not.to.include('simulate-research-query');
    });
  });

  describe('that misbehave', () => {
    const pid = async (servers: McpServers) =>
      Number((await servers.call({ server: 'crm', tool: 'pid', input: {} })).text);
    const crash = { server: 'crm', tool: 'crash', input: {} };

    it('are not started before the first use', async () => {
      await start(aServer({ command: 'a-command-that-is-not-there' })).stop();
      expect(warned).to.deep.equal([]);
    });

    it('keep their good tools when others are broken, and are listed once', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      const tools = await servers.tools('crm');
      expect(tools.map(({ name }) => name)).to.deep.equal(['pid', 'crash', 'hang', 'echo']);
      expect(await servers.tools('crm')).to.equal(tools);
      expect(warned).to.deep.equal(['tool of a server left out', 'tool of a server left out']);
    });

    it('leave the outcome unknown when they crash in a call, with their last words and without secrets', async () => {
      const servers = start(aServer({ script: SCRIPT, env: { TOKEN: 'tok-123456' }, secrets: ['tok-123456'] }));
      const outcome = await servers.call(crash);
      expect(outcome).to.include({ kind: 'unknown', isError: true });
      expect(outcome.text).to.equal(
        'It is not known whether crash was done by the tool server crm: it stopped while it worked. ' +
          'Find out what the state is now before you call it again. The server last wrote: out of cheese, [secret]',
      );
    });

    it('are said to be safe to call again when the tool only reads', async () => {
      const { text } = await start(aServer({ script: SCRIPT, effect: 'read' })).call(crash);
      expect(text).to.contain('It only reads, so it may be called again.');
    });

    it('are started again by the next call, and later and later when they keep crashing', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      const first = await pid(servers);
      await servers.call(crash);
      expect(await pid(servers)).to.not.equal(first);
      await servers.call(crash);
      await servers.call(crash);
      const waiting = await rejection(servers.call(crash));
      expect(waiting).to.be.instanceOf(Retryable).and.to.have.property('retryAfterMs', 1000);
      now += 1000;
      await servers.call(crash);
      expect(await rejection(servers.call(crash))).to.have.property('retryAfterMs', 2000);
      now += 2000;
      expect(await pid(servers)).to.be.greaterThan(0);
    });

    it('are noticed when they are killed between calls', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      const first = await pid(servers);
      process.kill(first, 'SIGKILL');
      await until(() => warned.includes('tool server stopped by itself'));
      expect(await pid(servers)).to.not.equal(first);
    });

    it('leave the outcome unknown when they are killed in a call', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      const first = await pid(servers);
      const hanging = servers.call({ server: 'crm', tool: 'hang', input: {} });
      await new Promise(setImmediate);
      process.kill(first, 'SIGKILL');
      expect((await hanging).kind).to.equal('unknown');
    });

    it('leave the outcome unknown when a call hangs, and go on when only the call hung', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      const first = await pid(servers);
      const outcome = await servers.call({ server: 'crm', tool: 'hang', input: {}, timeoutMs: 50 });
      expect(outcome.kind).to.equal('unknown');
      expect(outcome.text).to.contain('it did not answer in time');
      expect(await pid(servers)).to.equal(first);
    });

    it('are ended and started again when they do not even answer a ping', async () => {
      const servers = start(aServer({ script: SCRIPT, timeoutMs: 500 }));
      const first = await pid(servers);
      await servers.call({ server: 'crm', tool: 'hang', input: { wholly: true }, timeoutMs: 50 });
      await until(() => warned.includes('tool server hangs'));
      await until(() => !alive(first));
      expect(await pid(servers)).to.not.equal(first);
    });

    it('leave the outcome unknown when the call is stopped, and are not called at all after that', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      await pid(servers);
      const stop = new AbortController();
      const hanging = servers.call({ server: 'crm', tool: 'hang', input: {}, signal: stop.signal });
      setImmediate(() => stop.abort());
      expect((await hanging).text).to.contain('the call was stopped while it worked');
      const late = await rejection(servers.call({ server: 'crm', tool: 'pid', input: {}, signal: stop.signal }));
      expect(late.message).to.contain('was stopped before it was made');
    });

    it('answer an unknown tool with an error, and nonsense with an unknown outcome', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      const none = await servers.call({ server: 'crm', tool: 'none', input: {} });
      expect(none).to.deep.equal({ kind: 'answered', text: 'no tool none', isError: true });
      const nonsense = await servers.call({ server: 'crm', tool: 'echo', input: { content: 5 } });
      expect(nonsense.kind).to.equal('unknown');
      const strange = await servers.call({
        server: 'crm',
        tool: 'echo',
        input: { content: [{ type: 'hologram' }, 3] },
      });
      expect(strange.text).to.contain('[content of an unknown kind, not shown]');
    });

    it('have a long result taken whole: it is cut where a model reads it', async () => {
      const content = [{ type: 'text', text: 'x'.repeat(100_000) }];
      const { text } = await start(aServer({ script: SCRIPT })).call({
        server: 'crm',
        tool: 'echo',
        input: { content },
      });
      expect(text).to.have.length(100_000);
    });

    it('are told of when they print something else than MCP', async () => {
      const script = 'process.stdin.resume(); console.error("starting up"); console.log("Welcome to the CRM!")';
      const error = await rejection(start(aServer({ script, timeoutMs: 500 })).tools('crm'));
      expect(error).to.be.instanceOf(Retryable);
      expect(error.message).to.match(/not MCP to its standard output: .*Welcome.*It last wrote: starting up/s);
    });

    it('are told of when they end at once', async () => {
      const error = await rejection(
        start(aServer({ script: 'console.error("no licence"); process.exit(1)' })).call(crash),
      );
      expect(error).to.be.instanceOf(Retryable);
      expect(error.message).to.contain('no licence');
    });

    it('are told of when their command is not there', async () => {
      const error = await rejection(start(aServer({ command: 'a-command-that-is-not-there' })).tools('crm'));
      expect(error).to.be.instanceOf(NotFound);
      expect(error.message).to.contain('manifests/tools/crm.yaml');
    });

    it('are not known when they are switched off', async () => {
      const error = await rejection(start(aServer({ enabled: false })).tools('crm'));
      expect(error.message).to.equal('There is no tool server "crm". Known are: none.');
    });

    it('are ended by stop, with calls under way left unknown', async () => {
      const servers = start(aServer({ script: SCRIPT }));
      const child = await pid(servers);
      const hanging = servers.call({ server: 'crm', tool: 'hang', input: {} });
      await new Promise(setImmediate);
      await servers.stop();
      expect((await hanging).kind).to.equal('unknown');
      expect(alive(child)).to.equal(false);
      expect(await rejection(servers.tools('crm'))).to.be.instanceOf(Retryable);
    });
  });
});
