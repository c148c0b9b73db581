import { resolve } from 'node:path';
import { expect } from 'chai';
import { NotFound, Retryable } from '../../../src/errors.ts';
import { checkServer } from '../../../src/tools/mcp/check-servers.ts';
import { aServer, rejection } from '../mcp-builders.ts';

const EVERYTHING = resolve(import.meta.dirname, '../../../node_modules/.bin/mcp-server-everything');
const calm = new AbortController().signal;

describe('tools/check-servers', () => {
  it('ends the server whose tools it has listed', async () => {
    const script = `
const answer = ({ id, method, params }) => {
  const result = method === 'initialize'
    ? { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } }
    : { tools: [{ name: 'pid_' + process.pid, inputSchema: { type: 'object' } }] };
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: '2.0', id, result }));
};
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => answer(JSON.parse(line)));
`;
    const { tools } = await checkServer(aServer({ script }), calm);
    const pid = Number(/^pid_(\d+)$/.exec(tools[0] ?? '')?.[1]);
    expect(pid).to.be.greaterThan(0);
    expect(() => process.kill(pid, 0)).to.throw(/ESRCH/);
  });

  it('starts a real server and lists its tools', async () => {
    const { tools } = await checkServer(aServer({ command: EVERYTHING, args: ['stdio'] }), calm);
    expect(tools).to.include('echo');
  });

  it('says what is wrong with one that is not installed, or falls over, and keeps its secret', async () => {
    const absent = await rejection(checkServer(aServer({ command: 'no-such-program' }), calm));
    expect(absent).to.be.instanceOf(NotFound);
    const script = `console.error('my token is ' + process.env.TOKEN); process.exit(3)`;
    const fallen = await rejection(
      checkServer(aServer({ script, env: { TOKEN: 'topsecret' }, secrets: ['topsecret'] }), calm),
    );
    expect(fallen).to.be.instanceOf(Retryable);
    expect(fallen.message).to.include('[secret]').and.not.include('topsecret');
  });

  it('ends one that never answers as soon as it is told to', async () => {
    const limit = new AbortController();
    const tried = rejection(checkServer(aServer({ script: 'setInterval(() => {}, 1000)' }), limit.signal));
    setImmediate(() => limit.abort());
    expect(await tried).to.be.instanceOf(Retryable);
  });
});
