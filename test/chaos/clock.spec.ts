// A clock that is set back and forth under a running Skein: nobody waits for it.
import { resolve } from 'node:path';
import { expect } from 'chai';
import { readConfig } from '../../src/config/config.ts';
import { WORKER } from '../../src/lanes/worker.ts';
import { makeLogger } from '../../src/logger.ts';
import { type Running, start } from '../../src/main.ts';
import { aWorld, until, type World } from './world.ts';

const HOME = resolve(import.meta.dirname, '../..');
const HOUR = 3_600_000;

describe('a clock that is set back and forth', () => {
  let world: World;
  let running: Running;
  let ahead = 0;
  const lines: string[] = [];
  before(async () => {
    world = await aWorld();
    running = await start(readConfig(world.env(), HOME), {
      logger: makeLogger((line) => lines.push(line), Date.now),
      clock: () => Date.now() + ahead,
      worker: { ...WORKER, pollMs: 20 },
    });
    await world.ask('/skein pod new');
  });
  after(async () => {
    await running.stop();
    await world.stop();
  });

  const told = () => lines.slice(-20).join('\n');
  const answered = (ts: string) => world.answers(ts).some(({ text }) => text.includes('Stand-in model'));

  it('holds up no post, before, between and after', async () => {
    for (const set of [0, -2 * HOUR, -26 * HOUR, 3 * HOUR, 0, -2 * HOUR]) {
      ahead = set;
      const ts = world.say('@scribe what is open here?');
      await until(() => answered(ts), `an answer with the clock at ${set / HOUR} hours`, told);
    }
  });

  it('holds up nothing that waits for another try', async () => {
    world.model.faults.next('overloaded', { times: 2, retryAfter: 1 });
    const before = lines.length;
    const ts = world.say('@scribe what is open here?');
    await until(() => lines.slice(before).some((line) => line.includes('tried again later')), 'a wait', told);
    ahead -= 2 * HOUR;
    await until(() => answered(ts), 'an answer within the wait that was named', told);
  });

  it('takes up again after a restart what was under way by a clock that was ahead', async () => {
    world.model.faults.next('stall_before_headers');
    const asked = world.model.requests.length;
    const ts = world.say('@scribe what is open here?');
    await until(() => world.model.requests.length > asked, 'a request to the model', told);
    await running.stop();
    ahead -= 2 * HOUR;
    running = await start(readConfig(world.env(), HOME), {
      logger: makeLogger((line) => lines.push(line), Date.now),
      clock: () => Date.now() + ahead,
      worker: { ...WORKER, pollMs: 20 },
    });
    await until(() => answered(ts), 'an answer after the restart', told);
    expect(lines.filter((line) => line.includes(' error '))).to.deep.equal([]);
  });
});
