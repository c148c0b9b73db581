// A model that fails in every way: people read what is the matter, nothing is lost, and the next mention is answered.
import { resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { WORKER } from '../../src/lanes/worker.ts';
import { makeLogger } from '../../src/logger.ts';
import { type Running, start } from '../../src/main.ts';
import type { Fault } from '../../src/practice/model/faults.ts';
import { briskLimiter } from '../brisk-slack.ts';
import { expectClean, expectNoSecret } from './fleet.ts';
import { API_KEY, aWorld, until, type World } from './world.ts';

const HOME = resolve(import.meta.dirname, '../..');
const SIGNATURE = 'Stand-in model';

interface Skein {
  world: World;
  env: Record<string, string>;
  lines: string[];
  /** The clock jumps over no wait now. */
  still: boolean;
  stop(): Promise<void>;
}

/** A Skein whose clock jumps over each wait for another try: patience is not tested here. */
async function aSkein(modelUrl: (world: World) => string): Promise<Skein> {
  const world = await aWorld();
  const env = { ...world.env(), ANTHROPIC_BASE_URL: modelUrl(world) };
  const lines: string[] = [];
  let ahead = 0;
  const skein = { still: false };
  const hear = (line: string) => {
    lines.push(line);
    if (!skein.still) ahead += Number(/ tried again later .*waitMs=(\d+)/.exec(line)?.[1] ?? 0);
  };
  const config = readConfig(env, HOME);
  const model = { kind: 'anthropic', apiKey: API_KEY, baseUrl: modelUrl(world), idleMs: 250 } as const;
  const running: Running = await start(
    { ...config, model },
    {
      logger: makeLogger(hear, Date.now),
      clock: () => Date.now() + ahead,
      worker: { ...WORKER, pollMs: 20 },
      limiter: briskLimiter(),
    },
  );
  await world.ask('/skein pod new');
  return Object.assign(skein, {
    ...{ world, env, lines },
    async stop() {
      await running.stop();
      await world.stop();
    },
  });
}

describe('a model that fails', () => {
  let skein: Skein;
  before(async () => {
    skein = await aSkein((world) => world.model.url);
  });
  after(() => skein.stop());

  const texts = (ts: string) => skein.world.answers(ts).map(({ text }) => text);
  const told = (ts: string) => () => [...texts(ts), ...skein.lines.slice(-15)].join('\n');

  const mention = (text = '@scribe what is open here?') => skein.world.say(text);

  async function answeredWell(): Promise<void> {
    const ts = mention();
    await until(() => texts(ts).length > 0, 'an answer to the next mention', told(ts));
    expect(texts(ts)).to.have.length(1);
    expect(texts(ts)[0]).to.contain(SIGNATURE);
  }

  const away: [fault: Fault, says: RegExp][] = [
    ['rate_limited', /limits how much we may ask/],
    ['overloaded', /is overloaded/],
    ['failing', /failed \(500\)/],
    ['cut', /broke off/],
    ['stall_before_headers', /sent nothing for 0\.25 seconds/],
    ['stall_mid_stream', /sent nothing for 0\.25 seconds/],
    ['nonsense', /could not be read/],
  ];
  for (const [fault, says] of away) {
    it(`once (${fault}) is asked again, and people notice nothing`, async () => {
      skein.world.model.faults.next(fault, { retryAfter: 0 });
      await answeredWell();
    });

    it(`three times (${fault}) is spoken of once, then answers`, async () => {
      skein.world.model.faults.next(fault, { times: 3, retryAfter: 0 });
      const ts = mention();
      await until(() => texts(ts).some((text) => text.includes(SIGNATURE)), 'an answer', told(ts));
      expect(texts(ts), told(ts)()).to.have.length(2);
      expect(texts(ts)[0])
        .to.match(says)
        .and.match(/I keep trying/);
      await answeredWell();
    });
  }

  it('without end is given up after a while, with a sentence, and asked anew with the next mention', async () => {
    skein.world.model.faults.next('overloaded', { times: 100 });
    const ts = mention();
    await until(() => texts(ts).some((text) => text.includes('I could not do this')), 'giving up', told(ts));
    expect(texts(ts).at(-1)).to.match(/is overloaded.*Nothing is lost; mention me again/s);
    skein.world.model.faults.clear();
    skein.world.say('@scribe stop', ts);
    await until(() => texts(ts).some((text) => text.includes('I was not working')), 'a word on the stop', told(ts));
    skein.world.say('@scribe what is open here?', ts);
    await until(() => texts(ts).some((text) => text.includes(SIGNATURE)), 'an answer', told(ts));
    await answeredWell();
  });

  it('for long is told at once, ends at a stop, and is asked again by a new mention', async () => {
    skein.world.model.faults.next('rate_limited', { times: 100, retryAfter: 3600 });
    skein.still = true;
    const ts = mention();
    await until(() => texts(ts).some((text) => text.includes('I keep trying')), 'a word on the wait', told(ts));
    skein.world.say('@scribe stop', ts);
    await until(() => texts(ts).some((text) => text.includes('Okay, I stopped')), 'a word on the stop', told(ts));
    skein.world.model.faults.clear();
    skein.world.say('@scribe what is open here?', ts);
    await until(() => texts(ts).some((text) => text.includes(SIGNATURE)), 'an answer', told(ts));
    skein.still = false;
    await answeredWell();
  });

  const odd: [fault: Fault, says: RegExp, text?: string][] = [
    ['unknown_tool', /no_such_tool/],
    ['bad_tool_input', /Mend the input|Unrecognized|failed/],
    ['hundred_tool_calls', /\S/],
    ['refusal', /was told to refuse this/],
    ['max_tokens', /Cut off at the length limit/, '@scribe hello'],
  ];
  for (const [fault, says, text] of odd)
    it(`in its answer (${fault}) says so in the thread, once`, async () => {
      skein.world.model.faults.next(fault);
      const ts = mention(text);
      await until(() => texts(ts).length > 0, 'an answer', told(ts));
      expect(texts(ts)).to.have.length(1);
      expect(texts(ts)[0]).to.match(says);
      expect(texts(ts)[0]?.length).to.be.below(12_000);
      await answeredWell();
    });

  it('leaves no trace of a bug or a secret', () => {
    const { lines, env } = skein;
    expectClean(
      lines.filter((line) => !/set aside .*kind="wake".*is overloaded/.test(line)),
      env,
    );
    const said = [...skein.world.slack.workspace.state.messages.values()].flatMap((all) => [...all.values()]);
    expectNoSecret(
      said.map(({ text }) => text),
      env,
    );
  });
});

describe('a model that refuses the key', () => {
  let skein: Skein;
  before(async () => {
    skein = await aSkein((world) => world.modelTap.url);
  });
  after(() => skein.stop());

  it('is told in the thread, with the setting and without the key, and works once the key does', async () => {
    const { world, env, lines } = skein;
    const error = { type: 'authentication_error', message: `invalid x-api-key ${API_KEY}` };
    world.modelTap.hear = (_call, moment) =>
      moment === 'reached' ? { status: 401, body: { type: 'error', error } } : undefined;
    const ts = world.say('@scribe what is open here?');
    await until(
      () => world.answers(ts).length > 0,
      'a sentence',
      () => lines.slice(-15).join('\n'),
    );
    expect(world.answers(ts).map(({ text }) => text)).to.have.length(1);
    expect(world.answers(ts)[0]?.text).to.contain('ANTHROPIC_API_KEY');
    world.modelTap.hear = () => undefined;
    world.say('@scribe what is open here?', ts);
    await until(
      () => world.answers(ts).length > 1,
      'an answer',
      () => lines.slice(-15).join('\n'),
    );
    expect(world.answers(ts)[1]?.text).to.contain(SIGNATURE);
    expectClean(lines, env);
    expectNoSecret(
      world.thread(ts).map(({ text }) => text),
      env,
    );
  });
});
