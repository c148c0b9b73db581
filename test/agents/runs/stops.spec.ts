// How far a stop reaches: no run begins of a wake that was committed before it, at whatever moment it comes.
import { expect } from 'chai';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { anOffice, calls, type Office, says } from '../office.ts';

/** Histories in the default suite; SKEIN_STOPS plays more. */
const HISTORIES = Number(process.env.SKEIN_STOPS ?? 40);

describe('a stop', () => {
  const random = (seed: number) => {
    let state = seed >>> 0 || 1;
    return (below: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
  };
  const titles = async ({ world }: Office): Promise<string[]> => {
    const { tasks } = await world.does(world.ada, 'list_tasks');
    return tasks.map(({ title }: { title: string }) => title);
  };

  it(`settles every wake that stands before it and has not begun, in ${HISTORIES} interleavings of two processes`, async () => {
    let began = 0;
    let caught = 0;
    for (let seed = 1; seed <= HISTORIES; seed++) {
      const office = await anOffice();
      const { ada, ben } = office.world;
      const pick = random(seed * 7919);
      const wakes: Delivery[] = [];
      for (let n = 0; n <= pick(3); n++) wakes.push(...(await office.says(pick(2) ? ada : ben, `@scribe part ${n}`)));
      // The stop is committed at a step of the process that carries a wake, or before any is carried.
      let left = pick(60);
      let halts: Delivery[] | undefined;
      let requests = 0;
      const stop = async () => {
        halts = [];
        halts = await office.says(pick(2) ? ada : ben, '@scribe stop');
        requests = office.asked.length;
      };
      const desk = office.process(
        {},
        {
          step: async () => {
            if (!halts && left-- === 0) await stop();
          },
        },
      );
      office.script.push(calls(['create_task', { title: `Task ${seed}` }]), says('Done.'));
      if (pick(4) === 0) await stop();
      const early = halts !== undefined;
      const order = pick(2) ? [desk, office.process()] : [office.process(), desk];
      for (const wake of [...wakes, ...wakes]) await office.carry([wake], order[pick(2)]);
      if (!halts) await stop();
      await office.carry(halts ?? []);
      for (const wake of wakes) await office.carry([wake], order[pick(2)]);
      // Nothing is asked of the model for a wake that had not begun.
      if (early) expect(office.asked, `seed ${seed}`).to.have.length(0);
      // After it at most the request that was being made is made, and it has no effect.
      expect(office.asked.length - requests, `seed ${seed}`).to.be.at.most(1);
      if (requests === 0) expect(await titles(office), `seed ${seed}`).to.deep.equal([]);
      if (early) caught += 1;
      else began += 1;
    }
    expect(began).to.be.greaterThan(0);
    expect(caught).to.be.greaterThan(0);
  }).timeout(600_000);

  it('is answered once, also where a wake meets the stop in the log before its delivery is carried', async () => {
    const office = await anOffice();
    const { ada } = office.world;
    const wake = await office.says(ada, '@scribe work');
    const halt = await office.says(ada, '@scribe stop');
    await office.carry([...wake, ...halt, ...wake]);
    expect(office.asked).to.have.length(0);
    expect((await office.thread()).filter((line) => line.startsWith('Scribe:'))).to.deep.equal([
      'Scribe: Okay, I stopped.',
    ]);
    expect((await office.runs())[0]).to.deep.include({ state: 'ended' });
  });
});
