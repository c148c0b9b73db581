// What people say while an agent works: as users of other products met it, and as it should be.
import { expect } from 'chai';
import type { ModelRequest } from '../../../src/agents/model/model.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { refusal } from '../../pods/build.ts';
import { anOffice, calls, newestIn, type Office, says, verdicts } from '../office.ts';

const titles = async ({ world }: Office): Promise<string[]> => {
  const { tasks } = await world.does(world.ada, 'list_tasks');
  return tasks.map(({ title }: { title: string }) => title).sort();
};
/** The results that the model gets with its newest turn. */
const resultsIn = ({ messages }: ModelRequest): string[] =>
  (JSON.parse(messages.at(-1) ?? '{}').content as { type: string; content?: string }[]).flatMap(({ type, content }) =>
    type === 'tool_result' ? [content ?? ''] : [],
  );
const heldIn = (request: ModelRequest) => resultsIn(request).filter((text) => text.startsWith('Held ('));

describe('what is said while an agent works', () => {
  it('holds every effect that comes after it, also in the middle of a turn of twenty calls', async () => {
    const office = await anOffice();
    const { ada, ben } = office.world;
    const all = Array.from({ length: 20 }, (_, n) => ['create_task', { title: `Box ${n + 10}` }] as const);
    let left = 12;
    const desk = office.process(
      {},
      {
        // Ben writes after the fifth task, between two calls of one turn.
        step: async (what) => {
          if (what.startsWith('after tasks.insert') && --left === 7)
            await office.world.does(ben, 'post_message', { conversation: office.conversation, text: 'no more boxes' });
        },
      },
    );
    office.script.push(calls(...all), says('Five, then you said no more.'));
    await office.carry(await office.says(ada, '@scribe twenty boxes'), desk);
    expect(await titles(office)).to.have.length(5);
    expect(heldIn(office.asked.at(-1) as ModelRequest)).to.have.length(15);
    expect(office.asked.at(-1)?.messages.at(-1)).to.include('no more boxes');
  });

  for (const [moment, held] of [
    ['before', 0],
    ['after', 1],
  ] as const)
    it(`${held ? 'holds the next call' : 'is heard with the result, and holds nothing'}, if it comes just ${moment} the messages are read`, async () => {
      const office = await anOffice();
      const { ada } = office.world;
      let made = false;
      let said = false;
      const desk = office.process(
        {},
        {
          // The run has made its task, and nobody has told it yet that somebody writes.
          step: async (what) => {
            made ||= what.startsWith('after tasks.insert');
            if (!made || said || what !== `${moment} messages.find`) return;
            said = true;
            await office.world.does(ada, 'post_message', { conversation: office.conversation, text: 'blue ones' });
          },
        },
      );
      office.script.push(
        calls(['create_task', { title: 'Box 1' }]),
        calls(['create_task', { title: 'Box 2' }]),
        says('Done.'),
      );
      await office.carry(await office.says(ada, '@scribe two boxes'), desk);
      const [, second, third] = office.asked;
      expect(JSON.stringify(second).includes('blue ones')).to.equal(!held);
      expect(heldIn(third as ModelRequest)).to.have.length(held);
      expect(third?.messages.at(-1)?.includes('blue ones')).to.equal(held === 1);
      expect(await titles(office)).to.have.length(2 - held);
    });

  it('holds a process that lost its lease, also once another one has heard it and ended the run', async () => {
    const office = await anOffice();
    const { ada, ben } = office.world;
    const wakes = await office.says(ada, '@scribe two boxes');
    let lost = false;
    const zombie = office.process(
      {},
      {
        // Between its two calls another process takes the work over, hears Ben, and is done.
        step: async (what) => {
          if (lost || !what.startsWith('after tasks.insert')) return;
          lost = true;
          await office.world.does(ben, 'post_message', { conversation: office.conversation, text: 'one is enough' });
          await office.carry(wakes);
        },
      },
    );
    office.script.push(
      calls(['create_task', { title: 'Box 1' }], ['create_task', { title: 'Box 2' }]),
      says('One box, as Ben said.'),
    );
    await office.carry(wakes, zombie);
    expect(lost).to.equal(true);
    expect(await titles(office)).to.deep.equal(['Box 1']);
    expect((await office.thread()).filter((line) => line.startsWith('Scribe: '))).to.deep.equal([
      'Scribe: One box, as Ben said.',
    ]);
  });

  for (const later of ['written', 'edited'] as const)
    it(`holds a run that a crash begins again after its end, and that hears what was ${later} to somebody else`, async () => {
      const office = await anOffice();
      const { ada, ben } = office.world;
      const writes = (who: typeof ada, text: string) =>
        office.world.does(who, 'post_message', { conversation: office.conversation, text });
      const wakes = await office.says(ada, '@scribe look around, no answer needed');
      office.script.push(calls(['stay_silent', {}]));
      await office.carry(wakes);
      const { message } = (await writes(ada, '@ben shall it make boxes?')) as { message: { id: string } };
      let said = false;
      const again = office.process(
        {},
        {
          step: async (what) => {
            if (said || !what.startsWith('after tasks.insert')) return;
            said = true;
            if (later === 'written') await writes(ben, 'one is enough');
            else
              await office.world.does(ada, 'edit_message', {
                message: message.id,
                text: '@ben shall it make one box?',
              });
          },
        },
      );
      office.script.push(
        calls(['create_task', { title: 'Box 1' }], ['create_task', { title: 'Box 2' }]),
        says('One box, as Ben said.'),
      );
      await office.carry(wakes, again);
      expect(said).to.equal(true);
      expect(await titles(office)).to.deep.equal(['Box 1']);
      if (later === 'written') expect(office.asked.at(-1)?.messages.at(-1)).to.include('Ben Okafor wrote here first');
    });

  it('is heard whole and in its order by one run, though ten messages come at once', async () => {
    const office = await anOffice();
    const { ada, ben } = office.world;
    const wakes: Parameters<Office['carry']>[0][number][] = [];
    office.script.push(async () => {
      for (let n = 0; n < 10; n++) wakes.push(...(await office.says(n % 2 ? ada : ben, `@scribe part ${n}`)));
      return calls(['list_tasks']);
    });
    await office.carry(await office.says(ada, '@scribe begin'));
    await office.carry(wakes);
    const text = office.asked.at(-1)?.messages.at(-1) ?? '';
    const parts = [...text.matchAll(/part (\d)/g)].map(([, n]) => n).join('');
    expect(parts).to.equal('0123456789');
    expect(office.asked).to.have.length(2);
    expect((await office.runs()).filter(({ turns }) => turns > 0)).to.have.length(1);
  });

  it('is marked as taken in once a turn has recorded it, and no sooner: a process that dies before that marks nothing', async () => {
    const office = await anOffice();
    const { ada, ben } = office.world;
    const marked: string[] = [];
    const recorded = async () => (await office.turns()).flatMap(({ took = [] }) => took);
    const marks = {
      changed: async (_run: unknown, messages: readonly { message: string; weak?: true }[]) => {
        const own = messages.filter(({ weak }) => !weak).map(({ message }) => message);
        expect(await recorded()).to.include.members(own);
        marked.push(...own);
      },
    };
    const [wake] = await office.says(ada, '@scribe begin');
    const said = { conversation: office.conversation, text: 'and the yard' };
    const origin = { kind: 'slack', team: 'T1', channel: 'C1', ts: '9.000001' } as const;
    let word = '';
    office.script.push(async () => {
      word = (await office.world.does(ben, 'post_message', said, { origin })).message.id;
      return calls(['list_tasks']);
    });
    // Killed at the write of the turn with the word in it.
    const step = async (what: string) => {
      if (word && what.startsWith('before turns.insert') && (await office.turns()).length > 1)
        throw new Error('killed');
    };
    const dies = office.process({ marks }, { step });
    expect((await refusal(office.carry([wake as Delivery], dies))).message).to.equal('killed');
    expect(marked).not.to.include(word);
    await office.carry([wake as Delivery], office.process({ marks }));
    expect(marked).to.include(word);
  });

  it('holds by an edit, which the next turn shows, and the call can go ahead as it was', async () => {
    const office = await anOffice();
    const { world } = office;
    const { message } = await world.does(world.ben, 'post_message', {
      conversation: office.conversation,
      text: 'the sign is brown',
    });
    office.script.push(
      async () => {
        await world.does(world.ben, 'edit_message', { message: message.id, text: 'the sign is green' });
        return calls(['create_task', { title: 'Paint the sign' }]);
      },
      async (request) => {
        const [held = ''] = heldIn(request);
        expect(held).to.include('because Ben Okafor edited a message first');
        expect(newestIn(request)).to.include('was="the sign is brown">the sign is green<');
        return calls(['go_ahead', { calls: [/\d+\.\d+/.exec(held)?.[0] ?? ''] }]);
      },
    );
    await office.carry(await office.says(world.ada, '@scribe see to the sign'));
    expect(await titles(office)).to.deep.equal(['Paint the sign']);
    const [tool] = resultsIn(office.asked.at(-1) as ModelRequest);
    expect(tool).to.match(/^\d+\.\d+: \{"task"/);
  });

  it('is no edit with the same words: the call is made', async () => {
    const office = await anOffice();
    const { world } = office;
    const text = 'the sign is brown';
    const { message } = await world.does(world.ben, 'post_message', { conversation: office.conversation, text });
    office.script.push(async () => {
      await world.does(world.ben, 'edit_message', { message: message.id, text });
      return calls(['create_task', { title: 'Paint the sign' }]);
    });
    await office.carry(await office.says(world.ada, '@scribe see to the sign'));
    expect(await titles(office)).to.deep.equal(['Paint the sign']);
    expect(office.asked.flatMap(heldIn)).to.deep.equal([]);
    expect(office.asked.map(newestIn).join()).not.to.include('edited=');
  });

  it('is nothing that agents say, nor what names only others', async () => {
    const office = await anOffice();
    const { world } = office;
    office.script.push(async () => {
      const by = { conversation: office.conversation };
      await world.does(world.pilot, 'post_message', { ...by, text: 'I look into the mill.' });
      await world.does(world.ben, 'post_message', { ...by, text: '@ada are you in on Friday?' });
      return calls(['create_task', { title: 'Order flour' }]);
    });
    await office.carry(await office.says(world.ada, '@scribe order flour'));
    expect(await titles(office)).to.deep.equal(['Order flour']);
  });

  it('that a name is given to a call which was not held is said, and nothing is done', async () => {
    const office = await anOffice();
    office.script.push(calls(['go_ahead', { calls: ['2.0', '99.1'] }]));
    await office.hears(office.world.ada, '@scribe go on');
    expect(resultsIn(office.asked.at(-1) as ModelRequest)[0]).to.equal(
      '2.0: This call was not held. Make it anew if you want it done.\n99.1: This call was not held. Make it anew if you want it done.',
    );
  });

  it('in a thread where somebody writes every two seconds lets the agent have its three effects within a minute', async () => {
    const office = await anOffice();
    const { world } = office;
    let said = 0;
    /** The model thinks so long, and Ben chats on. */
    const chats = async (seconds: number) => {
      for (let left = seconds; left > 0; left -= 2) {
        const then = world.clock.now + 2000;
        await world.does(world.ben, 'post_message', { conversation: office.conversation, text: `so, ${++said}` });
        // An act of this world takes a minute.
        world.clock.now = then;
      }
    };
    let [made, turns, out] = [0, 0, 0];
    const line = async (request: ModelRequest) => {
      turns += 1;
      const held = heldIn(request).map((text) => /\d+\.\d+/.exec(text)?.[0] ?? '');
      if (held.length) {
        await chats(2);
        out += 60;
        return calls(verdicts(request, 'none', held));
      }
      if (made === 3) return says('All three are there.');
      await chats(9);
      out += 3000;
      return calls(['create_task', { title: `Part ${++made}` }]);
    };
    office.script.push(...Array.from({ length: 30 }, () => line));
    const [wake] = await office.says(world.ada, '@scribe three parts');
    const began = world.clock.now;
    let done = 0;
    const desk = office.process(
      {},
      {
        step: async (what) => {
          if (what.startsWith('after tasks.insert')) done = world.clock.now - began;
        },
      },
    );
    if (wake) await office.carry([wake], desk);
    expect(await titles(office)).to.deep.equal(['Part 1', 'Part 2', 'Part 3']);
    expect(done).to.be.at.most(60_000);
    if (process.env.SKEIN_TELL) console.log('     ', JSON.stringify({ done, turns, out }));
  });
});
