import { resolve } from 'node:path';
import { expect } from 'chai';
import { NotFound, Retryable } from '../../../src/errors.ts';
import { checkServer } from '../../../src/tools/mcp/check-servers.ts';
import { aServer, rejection } from '../mcp-builders.ts';

const EVERYTHING = resolve(import.meta.dirname, '../../../node_modules/.bin/mcp-server-everything');
const calm = new AbortController().signal;

describe('tools/check-servers', function () {
  this.timeout(30_000);

  it('starts a real server, lists its tools and ends it', async () => {
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
