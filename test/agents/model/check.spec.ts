import { expect } from 'chai';
import { anthropicModel } from '../../../src/agents/model/anthropic.ts';
import { checkModel } from '../../../src/agents/model/check.ts';
import {
  ModelRefusedKey,
  ModelRefusedRequest,
  ModelStopped,
  ModelUnavailable,
} from '../../../src/agents/model/errors.ts';
import { startStandInModel } from '../../../src/practice/model/server.ts';
import { end, refuse, serve, start, stream, type TestServer, text } from './model-test-server.ts';

const KEY = 'sk-ant-secret-1';
const calm = new AbortController().signal;
const problemOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe('agents/check-model', () => {
  let server: TestServer | undefined;
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  const asking = (url: string, signal = calm, name = 'claude-opus-5-5') => {
    let time = 0;
    return checkModel(anthropicModel({ apiKey: KEY, baseUrl: url }), name, { signal, now: () => (time += 40) });
  };

  it('is answered in one small turn, of which it tells time and tokens', async () => {
    server = await serve(stream(start(), ...text(0, 'ready'), ...end('end_turn')));
    expect(await asking(server.url)).to.deep.equal({
      ms: 40,
      usage: { input: 7, output: 11, cacheRead: 5, cacheWrite: 3 },
    });
    expect(JSON.parse(server.calls[0]?.body ?? '')).to.deep.include({ model: 'claude-opus-5-5', max_tokens: 64 });
  });

  it('takes an answer that thinking has used up for one', async () => {
    server = await serve(stream(start(), ...end('max_tokens')));
    expect((await asking(server.url)).usage.output).to.equal(11);
  });

  it('asks nothing that the Messages API would refuse', async () => {
    const standIn = await startStandInModel();
    try {
      expect((await asking(standIn.url)).usage.output).to.be.greaterThan(0);
    } finally {
      await standIn.stop();
    }
  });

  for (const [what, answer, kind] of [
    ['a key', refuse(401, 'authentication_error', `invalid key ${KEY}`), ModelRefusedKey],
    ['a name', refuse(404, 'not_found_error', 'model: claude-opus-5-5'), ModelRefusedRequest],
    ['an hour', refuse(529, 'overloaded_error', 'Overloaded'), ModelUnavailable],
  ] as const)
    it(`passes on that ${what} is refused, and never the key`, async () => {
      server = await serve(answer);
      const error = await problemOf(asking(server.url));
      expect(error).to.be.instanceOf(kind);
      expect(String(error)).to.not.include(KEY);
    });

  it('lets go of a service that never answers as soon as it is told to', async () => {
    const limit = new AbortController();
    server = await serve(() => limit.abort());
    expect(await problemOf(asking(server.url, limit.signal))).to.be.instanceOf(ModelStopped);
  });
});
