// Every post that shows a question changes with it: reminders, “which one?”, the direct message. No old button and no
// erased word stays anywhere.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import type { Seen } from './team.ts';

/** Less than what lies between two reminders. */
const STEP = 3 * 3600;

describe('what reminds somebody of a question', function () {
  this.timeout(120_000);
  let room: MailRoom;

  beforeEach(async () => {
    room = await aMailRoom();
    // Over days their digests would tell it first.
    for (const as of ['ben', 'chiara']) await room.team.command(as, 'launch', '/skein digest stop');
    for (const assignee of ['ben', 'chiara']) {
      const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee });
      for (const { id } of tasks) await room.act('complete_task', { task: id });
    }
  });
  afterEach(() => room.stop());

  const labels = ({ blocks }: Seen) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as { type: string; text?: { text: string } }[]).flatMap(({ type, text }) =>
        type === 'button' ? [text?.text] : [],
      ),
    );
  const shown = ({ text, blocks }: Seen) => text + JSON.stringify(blocks);
  /** A thread of Ada's in the demo channel. */
  const aThread = async () => {
    const begun = { title: 'Order', text: 'About the order' };
    const { conversation } = await room.act<{ conversation: { id: string } }>('start_conversation', begun);
    const all = await room.team.until('launch', '', (seen) => seen.some(({ text }) => text.includes(begun.text)));
    return { root: all.find(({ text }) => text.includes(begun.text))?.ts ?? '', conversation: conversation.id };
  };
  /** Moves the clock until such a message stands there. */
  const days = async (channel: string, thread: string, words: RegExp, as = 'ben'): Promise<Seen> => {
    for (let n = 0; n < 96; n++) {
      await room.team.quiet();
      const found = (await room.team.messages(channel, thread || undefined, as)).findLast((one) =>
        words.test(one.text),
      );
      if (found) return found;
      await room.team.post('/practice/clock', { advance: STEP });
      await new Promise((done) => setTimeout(done, 300));
    }
    throw new Error(`never seen: ${words}`);
  };
  const click = async (as: string, channel: string, { ts }: Seen, label: string) => {
    const { users } = await room.team.get<{ users: { id: string; name: string }[] }>('/practice/state');
    const user = users.find(({ name }) => name.toLowerCase().startsWith(as))?.id;
    const seen = (await room.team.messages(channel, undefined, as)).find((one) => one.ts === ts);
    const all = (seen?.blocks ?? []).flatMap(
      ({ elements = [] }) => elements as { text?: { text: string }; action_id: string; value: string }[],
    );
    const button = all.find(({ text }) => text?.text === label);
    await room.team.post('/practice/click', {
      as: user,
      channel,
      ts,
      actionId: button?.action_id,
      value: button?.value,
    });
    await room.team.quiet();
  };

  it('loses its buttons and says who answered, in every post, when the question is answered anywhere', async () => {
    const { root, conversation } = await aThread();
    const asked = { conversation, to: ['ben'], question: 'Which flour?', options: ['Rye', 'Wheat'] };
    await room.act('ask', { ...asked, fallback: 'chiara' });
    const reminder = await days('app', '', /q1 in .*launch.* still waits for your answer.*Which flour/s);
    expect(labels(reminder)).to.deep.equal(['Rye', 'Wheat', 'Answer in words…', 'Tomorrow']);
    const handed = await days(
      'app',
      '',
      /There is no answer yet, so q1 in .*launch.* comes to you.*Which flour/s,
      'chiara',
    );
    const asking = async () =>
      (await room.team.messages('launch', root)).find((one) => shown(one).includes('Which flour?')) as Seen;
    expect((await asking()).text).to.include('There is no answer yet, so now Chiara Rossi is asked.');
    await click('chiara', 'app', handed, 'Rye');
    expect(labels(await asking())).to.deep.equal([]);
    expect((await asking()).text).to.include('Chiara Rossi answered: Rye');
    for (const [as, { ts }] of [
      ['ben', reminder],
      ['chiara', handed],
    ] as const) {
      const post = (await room.team.messages('app', undefined, as)).find((one) => one.ts === ts) as Seen;
      expect(labels(post), post.text).to.deep.equal([]);
      expect(post.text).to.match(
        as === 'ben' ? /q1 in .*launch.* needs no answer any more/ : /Answered: q1 in .*, by you/,
      );
    }
  });

  it('asks which question was meant only while more than none is open, and shows nothing of an erased one', async () => {
    const { root, conversation } = await aThread();
    for (const question of ['Rye?', 'Wheat?']) await room.act('ask', { conversation, to: ['ben'], question });
    await room.team.quiet();
    await room.team.say('ben', 'launch', 'Yes', root);
    const which = await room.team.until('launch', root, (all) => all.some(({ text }) => /more than one/.test(text)));
    const now = async () => {
      await room.team.quiet();
      const { ts } = which.find(({ text }) => /more than one/.test(text)) as Seen;
      return (await room.team.messages('launch', root)).find((one) => one.ts === ts) as Seen;
    };
    expect(labels(await now())).to.deep.equal(['It answers q1', 'It answers q2']);
    await room.act('withdraw_question', { question: 'q1' });
    expect(labels(await now())).to.deep.equal(['It answers q2']);
    expect(shown(await now())).to.include('Ada Lindqvist took the question back');
    await room.act('redact', { what: 'q2' });
    const after = await now();
    expect(labels(after)).to.deep.equal([]);
    expect(shown(after)).to.include('q2 was erased').and.not.include('Wheat?');
    const all = await room.team.messages('launch', root);
    expect(all.filter((one) => shown(one).includes('Wheat?'))).to.deep.equal([]);
  });

  it('stays quiet of its end, but for somebody whose plain words come too late: they hear it once', async () => {
    const { root, conversation } = await aThread();
    await room.act('ask', { conversation, to: ['ben'], question: 'Rye?', options: ['Rye', 'Wheat'] });
    await room.team.quiet();
    await room.act('withdraw_question', { question: 'q1' });
    await room.team.quiet();
    await room.team.say('ben', 'launch', 'The rye, please', root);
    const late =
      /^If that was your answer to q1: the question had ended before\. Ada Lindqvist took q1 back at \S+Z\. What/;
    const told = await room.team.until('launch', root, (all) => all.some(({ text }) => late.test(text)));
    expect(told.find(({ text }) => late.test(text))?.text).to.match(/is kept in the conversation\.$/);
    await room.team.say('ben', 'launch', 'Fine, wheat then', root);
    await room.team.quiet();
    const all = await room.team.messages('launch', root);
    expect(all.filter(({ text }) => text.startsWith('If that was'))).to.have.length(1);
  });

  it('has the buttons in a direct message too; an answer there ends the message and its reminder', async () => {
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Mill', purpose: 'Flour' });
    await room.act('add_member', { who: 'ben' }, pod.id);
    const { conversation } = await room.act<{ conversation: { id: string } }>(
      'start_conversation',
      { title: 'Flour', text: 'We buy flour.' },
      pod.id,
    );
    const asked = { conversation: conversation.id, to: ['ben'], question: 'Which flour?', options: ['Rye', 'Wheat'] };
    await room.act('ask', asked, pod.id);
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: 300 });
    const told = await days('app', '', /asks you in .*q1: “Which flour\?”/);
    expect(labels(told)).to.deep.equal(['Rye', 'Wheat', 'Answer in words…', 'Tomorrow']);
    const reminder = await days('app', '', /q1 in .*Mill.* still waits for your answer/);
    expect(labels(reminder)).to.deep.equal(['Rye', 'Wheat', 'Answer in words…', 'Tomorrow']);
    await click('ben', 'app', told, 'Wheat');
    const all = await room.team.messages('app', undefined, 'ben');
    const after = [told, reminder].map(({ ts }) => all.find((one) => one.ts === ts) as Seen);
    expect(after.map(labels)).to.deep.equal([[], []]);
    expect(after[0]?.text).to.match(/Answered: q1 in .*Mill.*, by you/);
    expect(after[1]?.text).to.match(/Answered: q1 in .*Mill.*, by you/);
  });
});
