// Pacing on an injected clock.
import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import { Retryable } from '../../../src/errors.ts';
import { makeLimiter } from '../../../src/slack/send/limiter.ts';

/** A clock that advances with each sleep. */
function aClock() {
  const clock = { at: 1_000_000 };
  const sleep = async (ms: number) => {
    clock.at += ms;
  };
  return { clock, now: () => clock.at, sleep };
}

describe('slack/limiter', () => {
  it('lets a short burst of posts through, then one a second', async () => {
    const { clock, now, sleep } = aClock();
    const limiter = makeLimiter({ now, sleep });
    const at: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      await limiter.take('chat.postMessage', 'C1');
      at.push(clock.at - 1_000_000);
    }
    expect(at).to.deep.equal([0, 0, 0, 0, 1_000, 2_000, 3_000]);
  });

  it('paces each channel for itself, and each method', async () => {
    const { clock, now, sleep } = aClock();
    const limiter = makeLimiter({ now, sleep });
    for (let n = 0; n < 4; n += 1) await limiter.take('chat.postMessage', 'C1');
    await limiter.take('chat.postMessage', 'C2');
    await limiter.take('chat.update', 'C1');
    expect(clock.at).to.equal(1_000_000);
  });

  it('keeps callers in line', async () => {
    const { now, sleep } = aClock();
    const limiter = makeLimiter({ now, sleep });
    const order: number[] = [];
    await Promise.all(
      [...Array(6).keys()].map((n) => limiter.take('chat.postMessage', 'C1').then(() => order.push(n))),
    );
    expect(order).to.deep.equal([0, 1, 2, 3, 4, 5]);
  });

  it('holds only the method that got a 429', async () => {
    const { clock, now, sleep } = aClock();
    const limiter = makeLimiter({ now, sleep });
    limiter.pause('users.info', 3_000);
    await limiter.take('chat.postMessage', 'C1');
    expect(clock.at).to.equal(1_000_000);
    await limiter.take('users.info');
    expect(clock.at).to.equal(1_003_000);
  });

  it('goes by a clock that nobody sets: the machine’s may be two hours back', async () => {
    const fake = sinon.useFakeTimers({ now: 10 * 7_200_000, toFake: ['Date'] });
    try {
      const limiter = makeLimiter({ longestWaitMs: 50 });
      for (let n = 0; n < 3; n += 1) await limiter.take('chat.postMessage', 'C1');
      limiter.pause('chat.update', 20);
      fake.setSystemTime(9 * 7_200_000);
      await limiter.take('chat.postMessage', 'C1');
      await limiter.take('chat.update', 'C1');
      fake.setSystemTime(20 * 7_200_000);
      await limiter.take('chat.postMessage', 'C2');
    } finally {
      fake.restore();
    }
  });

  it('gives a long wait back to the queue, with its length', async () => {
    const { clock, now, sleep } = aClock();
    const limiter = makeLimiter({ now, sleep });
    limiter.pause('users.info', 60_000);
    const error = await limiter.take('users.info').catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(Retryable).and.to.have.property('retryAfterMs', 60_000);
    clock.at += 60_000;
    await limiter.take('users.info');
  });

  it('never exceeds a tier by more than its burst, in any minute', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 100, maxLength: 150 }),
        async (pauses) => {
          const { clock, now, sleep } = aClock();
          const limiter = makeLimiter({ now, sleep });
          const at: number[] = [];
          for (const pause of pauses) {
            clock.at += pause;
            await limiter.take('chat.update', 'C1');
            at.push(clock.at);
          }
          for (const from of at)
            expect(at.filter((time) => time >= from && time < from + 60_000).length).to.be.at.most(60);
        },
      ),
      { numRuns: 20 },
    );
  });
});
