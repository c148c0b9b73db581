// The rights of a run: those that all askers have who are not answered yet.

import { expect } from 'chai';
import { ModelUnavailable } from '../../../src/agents/model/errors.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { AGENTS } from '../../../src/pods/agent-definitions/agent.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { anOffice, calls, type Office, says, verdicts } from '../office.ts';

describe('the authority of a run', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const lastOf = (n: number) => office.asked[n]?.messages.at(-1) ?? '';
  const tasks = async () => (await office.world.does(office.world.ada, 'list_tasks')).tasks.length;
  const create = (title = 'X') => calls(['create_task', { title }]);
  /** The model asks for it after somebody else has spoken. */
  const speaks =
    (who: ParticipantId, text: string, turn = create()) =>
    async () => {
      await office.says(who, text);
      return turn;
    };

  it('does not grow by a thank-you: a guest’s wish stays a guest’s', async () => {
    const { ada, gil } = office.world;
    office.script.push(speaks(ada, 'thanks'), create(), says('Only a member can ask for that.'));
    await office.hears(gil, '@scribe create a task');
    expect(await tasks()).to.equal(0);
    for (const n of [1, 2]) expect(lastOf(n)).to.include('Gil Torres').and.include('takes the role member in Launch');
    office.script.push(create());
    await office.hears(ada, '@scribe create it then');
    expect(await tasks()).to.equal(1);
  });

  it('is each one’s over agents too: an owner’s good morning changes none for somebody else', async () => {
    const { ada, ben, world } = { ...office.world, world: office.world };
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['update_agent'] });
    const change = () => calls(['update_agent', { agent: 'pilot', purpose: 'Steers.' }]);
    office.script.push(
      async () => {
        await office.says(ada, 'good morning');
        return calls(['update_agent', { agent: 'nobody' }]);
      },
      (request) => calls(verdicts(request, 'none'), ['update_agent', { agent: 'pilot', purpose: 'Steers.' }]),
    );
    await office.hears(ben, '@scribe change pilot');
    expect(lastOf(2)).to.include('belongs to').and.include('Ben Okafor');
    expect((await world.doc(AGENTS, 'agent:pilot'))?.purpose).not.to.equal('Steers.');
    office.script.push(change());
    await office.hears(ada, '@scribe change pilot');
    expect((await world.doc(AGENTS, 'agent:pilot'))?.purpose).to.equal('Steers.');
  });

  it('goes on to whom an agent calls: it speaks for all it has heard', async () => {
    const { ada, gil, store } = office.world;
    office.script.push(speaks(ada, 'thanks', calls(['read_pod'])), says('@pilot create a task'));
    await office.hears(gil, '@scribe create a task');
    const where = { conversation: office.conversation };
    const [call] = await makeReader(store).find(MESSAGES, { where, sort: [['posted', 'desc']], limit: 1 });
    expect(call).to.deep.include({ onBehalfOf: ada, heard: [gil] });
    await office.world.does(ada, 'update_agent', { agent: 'pilot', tools: ['create_task'] });
    office.script.push(create());
    const wake = office.world.delivered.filter(({ kind }) => kind === 'wake');
    await office.carry(wake);
    expect(lastOf(3)).to.include('Gil Torres');
    expect(await tasks()).to.equal(0);
  });

  it('counts all whose words an agent brings where another takes work from some alone', async () => {
    const { ada, ben, gil, pilot, act, pod, does, delivered } = office.world;
    await does(ada, 'update_agent', { agent: 'scribe', addressable_by: ['ben'] });
    for (const heard of [[gil], []]) {
      delivered.length = 0;
      await act({
        ...{ pod, actor: pilot, onBehalfOf: ben, heard, via: 'model' as const, action: 'post_message' },
        ...{ key: `k-${heard.length}`, answer: true as const },
        input: { conversation: office.conversation, text: '@scribe create a task' },
      });
      await office.carry(delivered.filter(({ kind }) => kind === 'wake'));
      expect(office.asked).to.have.length(1 - heard.length);
    }
  });

  it('is not less for what was said before it was called, by somebody who has left', async () => {
    const { ada, gil, does } = office.world;
    await office.says(gil, 'Old words.');
    await does(ada, 'remove_member', { who: 'gil' });
    office.script.push(create(), says('Made.'));
    await office.hears(ada, '@scribe create a task');
    expect(lastOf(0)).to.include('Old words.');
    expect(await tasks()).to.equal(1);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Made.');
  });

  it('lets it answer whoever spoke: somebody who left meanwhile too', async () => {
    const { ada, gil, does } = office.world;
    const wake = await office.says(gil, '@scribe create a task');
    await does(ada, 'remove_member', { who: 'gil' });
    office.script.push(create(), says('I can’t.'));
    await office.carry(wake);
    expect(lastOf(1)).to.include('Gil Torres, who is not a member of Launch');
    expect(await tasks()).to.equal(0);
    expect((await office.thread()).at(-1)).to.equal('Scribe: I can’t.');
  });

  it('remembers a wish without an answer when it begins afresh', async () => {
    const { ada, gil, does } = office.world;
    office.script.push(new ModelUnavailable('overloaded', 'Busy.'));
    await office.hears(gil, '@scribe create a task').catch(() => {});
    await does(ada, 'update_agent', { agent: 'scribe', instructions: 'Sing.' });
    office.script.push(create(), says('No.'));
    await office.hears(ada, '@scribe hello');
    expect(await office.session()).to.include({ epoch: 2 });
    expect(lastOf(2)).to.include('Gil Torres');
    await does(ada, 'update_agent', { agent: 'scribe', instructions: 'Hum.' });
    office.script.push(create());
    await office.hears(ada, '@scribe create a task');
    expect(await tasks()).to.equal(1);
  });

  it('counts a pause as no answer: whoever says “go on” lends no rights', async () => {
    const { ada, gil, does } = office.world;
    await does(ada, 'update_agent', { agent: 'scribe', budget: { turns: 1, tokens: 1e6 } });
    office.script.push(calls(['list_tasks']), create());
    await office.hears(gil, '@scribe create a task');
    await office.hears(ada, '@scribe go on');
    expect(await tasks()).to.equal(0);
    expect((await office.turns()).at(-2)?.content).to.include('Gil Torres');
  });

  it('sets no digest while it acts on the words of several', async () => {
    const { ada, ben, does } = office.world;
    await does(ada, 'update_agent', { agent: 'scribe', tools: ['set_digest'] });
    office.script.push(speaks(ada, 'hi', calls(['read_pod'])), (request) =>
      calls(verdicts(request, 'none'), ['set_digest', { state: 'off' }]),
    );
    await office.hears(ben, '@scribe switch my digest off');
    expect(lastOf(2)).to.include('act on the words of several');
  });
});
