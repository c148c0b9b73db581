// While Slack is down, the wait is logged at once, then regularly, and a stop ends it at once.
import { expect } from 'chai';
import { Retryable } from '../../../src/errors.ts';
import { patiently } from '../../../src/slack/send/patiently.ts';
import { aLog } from '../fake-slack.ts';

const never = new AbortController().signal;
const away = 'warn slack not reached, trying again';

async function untilSaid(logger: ReturnType<typeof aLog>, times: number): Promise<void> {
  while (logger.lines.length < times) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('slack/patiently', () => {
  it('says what it waits for at growing intervals, also while there is no answer at all', async () => {
    const logger = aLog();
    const stop = new AbortController();
    const patience = {
      logger,
      signal: stop.signal,
      what: 'auth.test',
      at: 'https://slack.example/api/?x=hush',
      logAfterMs: 10,
    };
    const began = performance.now();
    const at: number[] = [];
    const ended = patiently(patience, () => new Promise(() => {})).catch((error: unknown) => error);
    for (let times = 1; times <= 4; times++) {
      await untilSaid(logger, times);
      at.push(performance.now() - began);
    }
    expect(logger.lines).to.deep.equal([away, away, away, away]);
    expect(logger.details[0]).to.deep.equal({
      ...{ what: 'auth.test', at: 'slack.example', waitedSeconds: 0, reason: 'There is no answer yet.' },
    });
    // 10, 30, 70 and 150 ms, or later.
    for (const [n, ms] of [10, 30, 70, 150].entries()) expect(at[n]).to.be.at.least(ms - 2);
    stop.abort(new Error('stopped'));
    expect(await ended).to.have.property('message', 'stopped');
  });

  it('says the first failure at once, with its code and when it tries again', async () => {
    const logger = aLog();
    const cause = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const error = new Retryable('Slack was not reached.', 3_600_000, { cause: new Error('fetch failed', { cause }) });
    const stop = new AbortController();
    const ended = patiently({ logger, signal: stop.signal, what: 'auth.test', logAfterMs: 20 }, () =>
      Promise.reject(error),
    ).catch((thrown: Error) => thrown.name);
    await untilSaid(logger, 3);
    expect(logger.details[0]).to.include({
      reason: 'Slack was not reached.',
      code: 'ECONNREFUSED',
      againInSeconds: 3600,
      at: 'slack.com',
    });
    stop.abort();
    expect(await ended).to.equal('AbortError');
  });

  it('says nothing where all is well, and throws at once what no patience mends', async () => {
    const logger = aLog();
    expect(await patiently({ logger, signal: never, what: 'x' }, async () => 7)).to.equal(7);
    const wrong = new Error('wrong');
    expect(await patiently({ logger, signal: never, what: 'x' }, () => Promise.reject(wrong)).catch((e) => e)).to.equal(
      wrong,
    );
    expect(logger.lines).to.deep.equal([]);
  });
});
