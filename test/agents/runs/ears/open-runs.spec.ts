// A model is asked only by a run that is open, and the log says so: also where nobody but the run itself could open it.
import { expect } from 'chai';
import { CONVERSATIONS, type ConversationDoc } from '../../../../src/pods/conversations/conversation.ts';
import { atWorkIn } from '../../../../src/pods/conversations/words/at-work.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import { calls, type Line, says, verdicts } from '../../office.ts';
import { aSteeredOffice, heldIn, MAKES, titles } from '../steered-office.ts';

describe('an open run', () => {
  const SILENT: Line = calls(['stay_silent']);

  async function aRoom() {
    const room = await aSteeredOffice();
    const { office, world, ada, ben, say } = room;
    /** Whether the run was open when the model was asked, and which wishes were listed then. */
    const seen: { open: boolean; wishes: string[] }[] = [];
    const looks =
      (line: Line): Line =>
      async (request) => {
        const open = (await atWork()) !== undefined;
        const wishes = (await room.instructions()).map(({ by, state }) => `${by === ben ? 'Ben' : 'Ada'} ${state}`);
        seen.push({ open, wishes });
        if (line instanceof Error) throw line;
        return typeof line === 'function' ? line(request) : line;
      };
    const atWork = async () => atWorkIn((await world.doc(CONVERSATIONS, office.conversation))?.atWork, world.scribe);
    return {
      ...room,
      seen,
      atWork,
      plays: (...lines: Line[]) => office.script.push(...lines.map(looks)),
      opened: async () => (await world.commits()).filter(({ action }) => action === 'open_run').length,
      scribes: (deliveries: readonly Delivery[]) =>
        deliveries.filter((one) => one.kind === 'wake' && one.agent === world.scribe),
      /** Ben speaks to the agent that spoke last, which is not the one whose run is looked at. It hears him all the same. */
      async saysBeside(...texts: string[]) {
        await say(ada, '@pilot what do you think?');
        for (const text of texts) await say(ben, text);
      },
    };
  }

  /** A run that ended without a word, and its wake, which is carried again after a crash. */
  async function ended() {
    const room = await aRoom();
    const { office, ada, plays } = room;
    plays(SILENT);
    const wakes = room.scribes(await office.says(ada, '@scribe paint the sign'));
    await office.carry(wakes);
    expect(await room.atWork()).to.equal(undefined);
    return { ...room, wakes };
  }

  /** A run that waits for an answer, and the wake that only ends it. */
  async function inVain() {
    const room = await aRoom();
    const { office, world, ada, plays } = room;
    await world.does(ada, 'update_agent', { agent: 'scribe', tools: ['ask', 'wait_for', 'create_task'] });
    await world.does(ada, 'add_member', { who: 'zoe', role: 'member' });
    await world.does(ada, 'create_task', { title: 'Sign', assignee: 'scribe', conversation: office.conversation });
    plays(calls(['ask', { to: ['zoe'], question: 'Which sign?' }]), calls(['wait_for', { questions: ['q1'] }]));
    await office.hears(ada, '@scribe go on with the sign');
    expect(await room.atWork()).to.equal(undefined);
    const ends = async () => {
      world.delivered.length = 0;
      await world.does(ada, 'drop_task', { task: '#1', reason: 'There is one' });
      return room.scribes(world.delivered);
    };
    return { ...room, ends };
  }

  it('is opened by a wake that is carried again after its run ended without a word', async () => {
    const { office, wakes, seen, plays, saysBeside, atWork } = await ended();
    await saysBeside('and use green');
    plays(says('Green, then.'));
    await office.carry(wakes);
    expect(seen.at(-1)).to.deep.equal({ open: true, wishes: ['Ben open'] });
    expect((await office.thread()).at(-1)).to.equal('Scribe: Green, then.');
    expect(await atWork()).to.equal(undefined);
  });

  it('is opened by a wake that only ends a run, where something else came meanwhile', async () => {
    const { office, ends, seen, plays, saysBeside, atWork } = await inVain();
    await saysBeside('and use green');
    plays(says('Green, then.'));
    const wakes = await ends();
    expect(wakes.map((one) => one.kind === 'wake' && one.ends)).to.deep.equal([true]);
    await office.carry(wakes);
    // The run waited, and what Ada wanted of it stands.
    expect(seen.at(-1)).to.deep.equal({ open: true, wishes: ['Ada open', 'Ada open', 'Ben unjudged'] });
    expect(await atWork()).to.equal(undefined);
  });

  it('is opened by a wake of an agent that came while a run was open, which has not heard it', async () => {
    const { office, world, ada, say, seen, plays, saysBeside, scribes, atWork } = await aRoom();
    const wakes: Delivery[] = [];
    plays(async () => {
      world.delivered.length = 0;
      await say(world.pilot as never, '@scribe look at the frame too');
      wakes.push(...scribes(world.delivered));
      return says('Painted.');
    }, says('And the frame.'));
    await office.carry(scribes(await office.says(ada, '@scribe paint the sign')));
    expect(wakes).to.have.length(1);
    expect(await atWork(), 'the answer ended the run').to.equal(undefined);
    await saysBeside('and use green');
    await office.carry(wakes);
    expect(seen.at(-1)).to.deep.equal({ open: true, wishes: ['Ben open'] });
    expect(await atWork()).to.equal(undefined);
  });

  it('lists what people have wanted since the last one ended, so that two who disagree hold its effects', async () => {
    const { office, wakes, seen, plays, say, ada, saysBeside } = await ended();
    await saysBeside('and use green', '@gil have you seen it?', 'thanks!');
    await say(ada, '@pilot no idea');
    await say(ada, 'paint it brown');
    let held: string[] = [];
    plays(calls(MAKES), (request) => {
      held = heldIn(request);
      return calls(verdicts(request, 'fits', held));
    });
    await office.carry(wakes);
    expect(seen[1]).to.deep.equal({ open: true, wishes: ['Ben open', 'Ada unjudged'] });
    expect(held).to.have.length(1);
    expect(await titles(office)).to.deep.equal(['Paint the sign brown']);
  });

  it('lists an edit of what was said before as well', async () => {
    const { office, world, ada, wakes, seen, plays } = await ended();
    const { messages } = await world.does(ada, 'read_conversation', { conversation: office.conversation });
    const { id } = messages.find(({ text }: { text: string }) => text.includes('paint the sign'));
    await world.does(ada, 'edit_message', { message: id, text: '@scribe paint the sign twice' });
    plays(says('Twice, then.'));
    await office.carry(wakes);
    expect(seen.at(-1)).to.deep.equal({ open: true, wishes: ['Ada open'] });
  });

  it('is not opened where nothing came: the model is asked for nothing', async () => {
    const { office, wakes, seen, opened } = await ended();
    await office.carry(wakes);
    expect(seen).to.have.length(1);
    expect(await opened()).to.equal(0);
  });

  it('costs no commit where the wake has opened it', async () => {
    const { office, world, ada, opened, plays } = await aRoom();
    plays(calls(MAKES), says('It is there.'));
    const before = (await world.commits()).length;
    await office.hears(ada, '@scribe paint the sign');
    // The message, the task and its answer.
    expect((await world.commits()).slice(before).map(({ action }) => action)).to.deep.equal([
      'post_message',
      'create_task',
      'post_message',
    ]);
    expect(await opened()).to.equal(0);
  });

  it('is carried on where the process was killed after it opened it: nothing opens it twice', async () => {
    const { office, wakes, seen, plays, saysBeside, opened, atWork } = await ended();
    await saysBeside('and use green');
    const killed = office.process({}, { step: async (what) => void (await dies(what)) });
    const dies = async (what: string) => {
      if (what.startsWith('before') && (await opened())) throw new Error('killed');
    };
    await office.carry(wakes, killed).then(
      () => expect.fail('It was not killed.'),
      (error: Error) => expect(error.message).to.contain('killed'),
    );
    expect(await opened()).to.equal(1);
    plays(says('Green, then.'));
    await office.carry(wakes);
    expect(await opened()).to.equal(1);
    expect(seen.at(-1)).to.deep.equal({ open: true, wishes: ['Ben open'] });
    expect(await atWork()).to.equal(undefined);
  });

  it('is opened for a turn that an earlier version has left unanswered', async () => {
    const { office, world, wakes, seen, plays, saysBeside, atWork } = await ended();
    await saysBeside('and use green');
    // That version took in what came and opened nothing, and was killed before it asked the model.
    const killed = office.process({ model: { turn: () => Promise.reject(new Error('killed')) } });
    await office.carry(wakes, killed).catch(() => undefined);
    const conversations = world.store.collection<ConversationDoc>('conversations');
    const doc = await conversations.get(office.conversation);
    const atWorkThen = doc?.atWork?.map(({ since: _since, instructions: _wishes, ...rest }) => rest);
    if (doc) await conversations.replace({ ...doc, atWork: atWorkThen ?? [] }, doc.rev);
    expect(await atWork()).to.equal(undefined);
    plays(says('Green, then.'));
    await office.carry(wakes);
    expect(seen.at(-1)?.open).to.equal(true);
    expect(await atWork()).to.equal(undefined);
  });

  for (const [what, text] of [
    ['stopped', '@scribe stop'],
    ['paused', '@scribe pause'],
  ] as const)
    it(`is not opened where a person has ${what} the agent meanwhile`, async () => {
      const { office, ben, wakes, say, seen, saysBeside, opened } = await ended();
      await saysBeside('and use green');
      // The person is faster than the commit that opens it.
      let done = false;
      const { deps } = office.process();
      const slow = office.process({
        act: (async (request: Parameters<typeof deps.act>[0]) => {
          if (request.action === 'open_run' && !done) {
            done = true;
            await say(ben, text);
          }
          return deps.act(request);
        }) as typeof deps.act,
      });
      await office.carry(wakes, slow);
      expect(done).to.equal(true);
      expect(seen).to.have.length(1);
      expect(await opened()).to.equal(0);
    });
});
