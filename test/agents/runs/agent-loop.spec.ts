// Runs over the real act: what is asked of the model, what stands in the conversation, and what a crash leaves.

import { expect } from 'chai';
import { ModelRefusedKey, ModelRefusedRequest, ModelUnavailable } from '../../../src/agents/model/errors.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { eraseAll } from '../../../src/outbox/kinds/erase.ts';
import { DEFAULT_BUDGET, DEFAULT_CONTEXT } from '../../../src/pods/agent-definitions/agent-words.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { withTitles } from '../../../src/pods/tasks/task-words.ts';
import { anOffice, calls, never, type Office, says, USAGE, verdicts, wakeOf } from '../office.ts';

const DAY = 86_400_000;

describe('a run', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const texts = (n: number) => office.asked[n]?.messages.join('\n') ?? '';
  const titles = async () => {
    const read = makeReader(office.world.store);
    const tasks = await withTitles(read, await read.find(TASKS, { where: { pod: office.world.pod } }));
    return tasks.map(({ title }) => title);
  };

  it('answers in the conversation, under the name of the agent', async () => {
    office.script.push(says('It is ready.'));
    await office.hears(office.world.ada, '@scribe is it ready?');
    expect((await office.thread()).at(-1)).to.equal('Scribe: It is ready.');
    expect(texts(0)).to.include('Let us begin.').and.include('@scribe is it ready?');
    const [run] = await office.runs();
    expect(run).to.deep.include({ state: 'ended', ending: { as: 'answered' }, turns: 1 });
    expect(await office.world.doc(MESSAGES, run?.message ?? '')).to.include({ by: office.world.scribe });
  });

  it('posts nothing when nothing was meant for it', async () => {
    office.script.push(says('(silent)'), { content: '[]' });
    await office.hears(office.world.ada, '@scribe');
    await office.hears(office.world.ada, 'Hm.');
    expect((await office.thread()).filter((line) => line.startsWith('Scribe'))).to.deep.equal([]);
    const endings = (await office.runs()).map(({ state, ending }) => [state, ending?.as]);
    expect(endings).to.deep.equal([
      ['ended', 'silent'],
      ['ended', 'silent'],
    ]);
  });

  it('stays silent by a tool: nothing is posted, it ends so, and hears what comes next', async () => {
    const { ada } = office.world;
    office.script.push(calls(['create_task', { title: 'Order' }], ['stay_silent', { reason: 'thanks' }]), says('Yes.'));
    await office.hears(ada, '@scribe thanks');
    expect((await office.thread()).filter((line) => line.startsWith('Scribe'))).to.deep.equal([]);
    expect(await office.runs()).to.have.nested.property('[0].ending.as', 'silent');
    expect(await titles()).to.deep.equal(['Order']);
    await office.hears(ada, '@scribe is it ordered?');
    expect(office.asked).to.have.length(2);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Yes.');
  });

  it('is asked once more where somebody wrote while it chose to stay silent, or another call of it failed', async () => {
    const { ada, ben } = office.world;
    office.script.push(
      async () => {
        await office.says(ben, '@scribe and is it blue?');
        return calls(['stay_silent']);
      },
      calls(['stay_silent'], ['complete_task', { task: '#99' }]),
      says('It is blue.'),
    );
    await office.hears(ada, '@scribe thanks');
    expect(office.asked).to.have.length(3);
    expect((await office.thread()).at(-1)).to.equal('Scribe: It is blue.');
  });

  it('says that it has no answer where it was called by name and the model came back with empty hands', async () => {
    office.script.push({ content: '[]' });
    await office.hears(office.world.ada, '@scribe is it ready?');
    expect((await office.thread()).at(-1)).to.match(/^Scribe: I had no answer to that\./);
  });

  it('sends the whole earlier prefix of an epoch byte for byte, with news in between', async () => {
    const { ada, ben } = office.world;
    office.script.push(
      async () => {
        await office.says(ben, 'And make it blue.');
        return calls(['create_task', { title: 'Paint' }], ['list_tasks']);
      },
      (request) => calls(verdicts(request, 'fits'), ['create_task', { title: 'Dry' }]),
      says('Done.'),
      says('Again.'),
    );
    await office.hears(ada, '@scribe paint the box');
    await office.hears(ada, '@scribe and now?');
    expect(office.asked).to.have.length(4);
    for (const [n, { system, tools, messages }] of office.asked.slice(1).entries()) {
      const before = office.asked[n];
      expect([system, tools]).to.deep.equal([before?.system, before?.tools]);
      expect(messages.slice(0, before?.messages.length)).to.deep.equal(before?.messages);
    }
    expect(texts(1)).to.include('And make it blue.');
    expect(texts(3).split('And make it blue.')).to.have.length(2);
  });

  it('heals from a crash at every step: one answer, one task, and no turn asked for twice', async () => {
    for (let k = 1; ; k++) {
      office = await anOffice();
      const [wake] = await office.says(office.world.ada, '@scribe make a task');
      const turn = calls(['create_task', { title: 'One' }]);
      const model = {
        async turn({ messages }: { messages: readonly string[] }) {
          saved.push(messages.length);
          return {
            stopReason: 'end_turn' as const,
            content: '[]',
            usage: USAGE,
            ...(messages.length === 1 ? turn : says('Made.')),
          };
        },
      };
      const saved: number[] = [];
      let left = k;
      const step = async () => {
        if (--left <= 0) throw new Error('killed');
      };
      const died = await office
        .process({ model }, { step })
        .runner.wake(wakeOf(wake), never)
        .then(
          () => false,
          () => true,
        );
      const kept = (await office.turns().catch(() => [])).filter(({ role }) => role === 'assistant').length;
      const before = saved.length;
      await office.process({ model }).runner.wake(wakeOf(wake), never);
      expect((await office.thread()).slice(2), `killed at ${k}`).to.deep.equal(['Scribe: Made.']);
      expect(await titles(), `killed at ${k}`).to.deep.equal(['One']);
      expect(saved.slice(before), `killed at ${k}`).to.deep.equal([1, 3].slice(kept));
      const [counted, ...others] = await office.runs();
      expect(others, `killed at ${k}`).to.deep.equal([]);
      expect(counted, `killed at ${k}`).to.deep.include({ id: wake?.id, turns: 2, tokens: 30, state: 'ended' });
      expect(counted?.steps.map(({ n, tools }) => [n, ...tools])).to.deep.equal([[1, 'create_task'], [2]]);
      expect(counted?.ending, `killed at ${k}`).to.deep.equal({ as: 'answered' });
      if (!died) break;
    }
  });

  it('is one transcript when two processes run the same wake', async () => {
    const [wake] = await office.says(office.world.ada, '@scribe make a task');
    const model = {
      async turn({ messages }: { messages: readonly string[] }) {
        await new Promise((resolve) => setImmediate(resolve));
        const line = messages.length === 1 ? calls(['create_task', { title: 'One' }]) : says(`Made.`);
        return { stopReason: 'end_turn' as const, content: '[]', usage: USAGE, ...line };
      },
    };
    await Promise.all([1, 2].map(() => office.process({ model }).runner.wake(wakeOf(wake), never)));
    expect(await titles()).to.deep.equal(['One']);
    expect((await office.thread()).slice(2)).to.deep.equal(['Scribe: Made.']);
    expect((await office.turns()).map(({ n, role }) => `${n} ${role}`)).to.deep.equal([
      '1 user',
      '2 assistant',
      '3 user',
      '4 assistant',
    ]);
  });

  it('does nothing for a wake whose news was taken in', async () => {
    const { ada } = office.world;
    let second: Awaited<ReturnType<Office['says']>> = [];
    office.script.push(async () => {
      second = await office.says(ada, '@scribe and blue');
      return calls(['list_tasks']);
    });
    await office.hears(ada, '@scribe paint');
    await office.carry(second);
    expect(office.asked).to.have.length(2);
    expect((await office.thread()).filter((line) => line === 'Scribe: Done.')).to.have.length(1);
  });

  it('ends what an earlier run left open, and then hears what it was woken for', async () => {
    const { ada } = office.world;
    office.script.push(new ModelUnavailable('overloaded', 'Busy.'), says('First.'), says('Second.'));
    const failed = await office.hears(ada, '@scribe one').then(
      () => undefined,
      (error) => error,
    );
    expect(failed).to.be.instanceOf(ModelUnavailable);
    await office.hears(ada, '@scribe two');
    expect((await office.thread()).slice(-2)).to.deep.equal(['Scribe: First.', 'Scribe: Second.']);
  });

  it('hears an edit as news, and a post that only reached Slack not again', async () => {
    const { ada, ben, world } = { ...office.world, world: office.world };
    await office.says(ben, 'The box is red.');
    const [, red] = (await world.store
      .collection<never>(MESSAGES.name)
      .find({ where: { conversation: office.conversation }, sort: [['posted', 'asc']] })) as { id: string }[];
    await office.hears(ada, '@scribe note it');
    const sent = { message: red?.id, team: 'T1', channel: 'C1', ts: ['1.2'] };
    await world.does('skein', 'record_sent', sent);
    await office.hears(ada, '@scribe and?');
    expect(office.asked[1]?.messages.at(-1)).not.to.include('The box is red.');
    await world.does(ben, 'edit_message', { message: red?.id, text: 'The box is blue.' });
    await world.does('skein', 'record_sent', sent);
    await office.hears(ada, '@scribe and now?');
    expect(office.asked[2]?.messages.at(-1)).to.include('The box is blue.').and.include('edited=\\"true\\"');
  });

  it('tells a new date as news, also when it came while the model thought', async () => {
    office.script.push(async () => {
      office.world.clock.now += DAY;
      return calls(['list_tasks']);
    });
    await office.hears(office.world.ada, '@scribe hello');
    await office.hears(office.world.ada, '@scribe again');
    expect(texts(1)).to.include('<date zone=\\"UTC\\">2026-11-03 (Tuesday)</date>');
    expect(texts(2).split('<date ')).to.have.length(2);
  });

  it('begins a new epoch for an edited agent, and for another model', async () => {
    const { world } = office;
    await office.hears(world.ada, '@scribe one');
    await world.does(world.ada, 'update_agent', { agent: 'scribe', instructions: 'Sing.' });
    await office.hears(world.ada, '@scribe two');
    expect(await office.session()).to.include({ epoch: 2 });
    expect(texts(1)).to.include('@scribe one').and.include('Done.');
    expect(office.asked[1]?.messages).to.have.length(1);
    await office.hears(world.ada, '@scribe three', office.process({ defaultModel: 'newer' }));
    expect(office.asked[2]?.model).to.equal('newer');
    const all = await world.store.collection<never>('turns').find({ where: {} });
    expect(all).to.have.length(2);
  });

  it('begins afresh when the context is too long, or the API refuses the prefix, and ends even if it always does', async () => {
    const { ada } = office.world;
    office.script.push({ ...says('Long.'), usage: { ...USAGE, input: 200_000 } });
    await office.hears(ada, '@scribe one');
    await office.hears(ada, '@scribe two');
    expect(await office.session()).to.include({ epoch: 2 });
    office.script.push(new ModelRefusedRequest('prefix_mismatch', 'Other thoughts.'), says('Fresh.'));
    await office.hears(ada, '@scribe three');
    expect(await office.session()).to.include({ epoch: 3 });
    expect((await office.thread()).at(-1)).to.equal('Scribe: Fresh.');
    await office.world.does(ada, 'update_agent', { agent: 'scribe', budget: { turns: 4, tokens: 1e6 } });
    for (let n = 0; n < 20; n++)
      office.script.push(calls(['list_tasks']), new ModelRefusedRequest('context_too_long', 'Long.'));
    const before = office.asked.length;
    await office.hears(ada, '@scribe four');
    expect(office.asked.length - before).to.equal(7);
    expect((await office.thread()).at(-1)).to.include('I paused: this took 4 turns');
  });

  it('goes on in a new epoch at the size that its budget names, or else at the default', async () => {
    const { ada } = office.world;
    const epochAfter = async (tokens: number, context?: number): Promise<number | undefined> => {
      const budget = { ...DEFAULT_BUDGET, ...(context ? { context } : {}) };
      await office.world.does(ada, 'update_agent', { agent: 'scribe', budget });
      office.script.push({ ...says('Long.'), usage: { ...USAGE, input: tokens } }, says('And on.'));
      await office.hears(ada, '@scribe go on with the list');
      const before = (await office.session()).epoch;
      await office.hears(ada, '@scribe and on');
      return (await office.session()).epoch - before;
    };
    expect(await epochAfter(DEFAULT_CONTEXT + 1)).to.equal(1);
    expect(await epochAfter(DEFAULT_CONTEXT - 1000)).to.equal(0);
    expect(await epochAfter(25_000, 20_000)).to.equal(1);
    expect(await epochAfter(DEFAULT_CONTEXT + 1, 100_000)).to.equal(0);
  });

  it('is told what it did already when it loses its memory in the midst of a request', async () => {
    const { ada } = office.world;
    office.script.push(
      calls(['create_task', { title: 'Secret boxes' }]),
      new ModelRefusedRequest('prefix_mismatch', 'Other thoughts.'),
      says('There it is.'),
    );
    await office.hears(ada, '@scribe make a task');
    expect(await office.session()).to.include({ epoch: 2 });
    expect(texts(2)).to.match(/Done by you already, before your memory of it was cut: create_task #1\./);
    office.script.push(says('Yes.'));
    await office.hears(ada, '@scribe is it there?');
    expect((await office.world.does(ada, 'list_tasks')).tasks).to.have.length(1);
  });

  it('ends at a refusal that nobody understands, and begins afresh with the next request', async () => {
    const { ada } = office.world;
    office.script.push(calls(['create_task', { title: 'Boxes' }]), new ModelRefusedRequest('other', 'Odd.'));
    await office.hears(ada, '@scribe make a task');
    expect((await office.thread()).at(-1)).to.equal("Scribe: I can't work at the moment: Odd.");
    expect((await office.world.does(ada, 'list_tasks')).tasks).to.have.length(1);
    expect(await office.session()).to.include({ epoch: 1 });
    office.script.push(says('Here I am.'));
    await office.hears(ada, '@scribe hello');
    expect(await office.session()).to.include({ epoch: 2 });
    expect((await office.thread()).at(-1)).to.equal('Scribe: Here I am.');
  });

  it('keeps nothing of what was erased while the model thought', async () => {
    const { world } = office;
    const secret = await world.does(world.ben, 'post_message', { conversation: office.conversation, text: 'hunter2' });
    office.script.push(async () => {
      await world.does(world.ben, 'delete_message', { message: secret.message.id });
      const erase = world.delivered.findLast(({ kind }) => kind === 'erase');
      if (erase?.kind === 'erase') await eraseAll(world.store, erase);
      return says('It is hunter2.');
    });
    await office.hears(world.ada, '@scribe what is it?');
    expect(JSON.stringify([...(office.data.docs.get('turns')?.values() ?? [])])).not.to.include('hunter2');
    expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
    expect(await office.session()).to.include({ epoch: 2 });
  });

  it('is told near its budget, pauses at it once, and goes on when it is asked again', async () => {
    const { ada } = office.world;
    await office.world.does(ada, 'update_agent', { agent: 'scribe', budget: { turns: 3, tokens: 1e6 } });
    for (const state of ['open', 'done', 'all']) office.script.push(calls(['list_tasks', { state }]));
    const [wake] = await office.says(ada, '@scribe work');
    const { runner } = office.process();
    await runner.wake(wakeOf(wake), never);
    await runner.wake(wakeOf(wake), never);
    expect(texts(2)).not.to.include('<budget>');
    expect((await office.turns()).at(-2)?.content).to.include('<budget>');
    expect((await office.thread()).filter((line) => line.includes('I paused'))).to.have.length(1);
    await office.hears(ada, '@scribe go on');
    expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
  });

  for (const [name, lines, said] of [
    [
      'a refused key',
      () => [new ModelRefusedKey('The key is wrong.')],
      "I can't work at the moment: The key is wrong.",
    ],
    [
      'an unknown model',
      () => [new ModelRefusedRequest('unknown_model', 'No such model.')],
      "I can't work at the moment: No such model.",
    ],
    ['a refusal', () => [{ content: '[]', stopReason: 'refusal' }], "I can't help with that."],
    [
      'a refusal with its reason',
      () => [{ content: '[]', stopReason: 'refusal', refusal: 'I may not write malware.' }],
      'I may not write malware.',
    ],
    [
      'an answer that was cut off',
      () => [says('Once upon', 'max_tokens')],
      'Once upon\n\n_Cut off at the length limit; ask me to go on._',
    ],
    [
      'a cut off answer without words',
      () => [{ content: '[]', stopReason: 'max_tokens' }],
      'I had no answer yet.\n\n_Cut off at the length limit; ask me to go on._',
    ],
  ] as const) {
    it(`says it clearly, once, when it meets ${name}`, async () => {
      office.script.push(...(lines() as Office['script']));
      await office.hears(office.world.ada, '@scribe hello');
      expect((await office.thread()).slice(2)).to.deep.equal([`Scribe: ${said}`]);
      expect(office.asked).to.have.length(1);
      const refused = said.startsWith("I can't work");
      const ending = refused ? { as: 'failed', why: 'refused' } : { as: 'answered' };
      expect((await office.runs())[0]).to.deep.include({ state: 'ended', ending });
      await office.hears(office.world.ada, '@scribe again');
      expect((await office.thread()).at(-1)).to.equal('Scribe: Done.');
    });
  }

  it('works only for those who may address it, and says once to each of the others whom to ask', async () => {
    const { world } = office;
    await world.does(world.ada, 'update_agent', { agent: 'scribe', addressable_by: ['ben'] });
    const { agent } = await world.does(world.gil, 'read_agent', { agent: 'scribe' }, { pod: 'org' });
    expect(agent.addressable_by).to.deep.equal(['Ben Okafor']);
    await office.hears(world.gil, '@scribe hello');
    await office.hears(world.gil, '@scribe hello?');
    const refused =
      'Scribe: I take work only from the people named in my settings, so I leave this. Ask Ada Lindqvist.';
    expect((await office.thread()).filter((line) => line.startsWith('Scribe'))).to.deep.equal([refused]);
    expect(office.asked).to.have.length(0);
    const passed = (onBehalfOf: ParticipantId, key: string) => ({
      ...{ pod: world.pod, actor: world.pilot, onBehalfOf, via: 'model' as const, action: 'post_message', key },
      input: { conversation: office.conversation, text: '@scribe create a task' },
    });
    for (const [who, key] of [
      [world.gil, 'k1'],
      [world.ben, 'k2'],
    ] as const) {
      world.delivered.length = 0;
      await world.act(passed(who, key));
      await office.carry(world.delivered.filter(({ kind }) => kind === 'wake'));
      expect(office.asked).to.have.length(who === world.ben ? 1 : 0);
    }
    await world.does(world.ada, 'update_agent', { agent: 'scribe', addressable_by: ['members'] });
    await office.hears(world.gil, '@scribe and now?');
    expect(office.asked).to.have.length(2);
  });

  it('never runs a call that was cut off', async () => {
    office.script.push({ ...calls(['create_task', { title: 'Hal' }]), stopReason: 'max_tokens' });
    await office.hears(office.world.ada, '@scribe hello');
    expect(await titles()).to.deep.equal([]);
    expect(texts(1)).to.include('your answer ended early (max_tokens)');
  });

  it('answers every one of a hundred calls, in the very next turn', async () => {
    office.script.push(calls(...Array.from({ length: 100 }, () => ['list_tasks'] as const)));
    await office.hears(office.world.ada, '@scribe hello');
    expect(texts(1).split('"tool_result"')).to.have.length(101);
    expect(texts(1).split('Not run: at most 40 calls')).to.have.length(61);
  });

  it('reads what people say to each other, and answers nothing', async () => {
    const { ada, ben } = office.world;
    await office.hears(ada, '@scribe hello');
    expect(await office.says(ben, '@ada lunch?')).to.deep.equal([]);
    await office.hears(ada, '@scribe and?');
    expect(texts(1)).to.include('@ada lunch?');
    expect(office.asked).to.have.length(2);
  });
});
