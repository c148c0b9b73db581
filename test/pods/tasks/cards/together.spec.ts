// Tasks that one participant gives to an agent within two minutes share one post and one conversation.
import { expect } from 'chai';
import { MESSAGES, type MessageDoc } from '../../../../src/pods/conversations/message.ts';
import { PODS } from '../../../../src/pods/pod/pod.ts';
import { batchesWith, batchFor, MOST_TOGETHER } from '../../../../src/pods/tasks/cards/batch.ts';
import { cardOf } from '../../../../src/pods/tasks/cards/card.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type World } from '../../build.ts';

const MINUTE = 60_000;

describe('tasks that are given together', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld({
      home: {
        pod: 'p_launch',
        origin: { kind: 'slack', team: 'T1', channel: 'C1' },
        account: (handle) => `slack:T1:${handle}`,
      },
    });
  });

  /** Gives a task this many milliseconds after the last act. */
  const give = async (title: string, { after = 5000, by = world.ada, ...more }: Given = {}): Promise<TaskDoc> => {
    // An act of this world takes a minute.
    world.clock.now += after - MINUTE;
    const { task } = await world.does(by, 'create_task', { title, assignee: 'scribe', ...more });
    return (await world.doc(TASKS, task.id)) as TaskDoc;
  };
  interface Given {
    after?: number;
    by?: World['ada'] | World['scribe'];
    assignee?: string;
    conversation?: string;
  }
  const sent = () => {
    const all = world.delivered.splice(0);
    return all.flatMap((one) =>
      'message' in one && /post|update/.test(one.kind) ? [`${one.kind} ${one.message}`] : [],
    );
  };
  const line = async ({ lines }: TaskDoc) => (await world.doc(MESSAGES, lines?.[0]?.message ?? '')) as MessageDoc;

  it('are one post, which each further task updates, and one conversation with a line for each', async () => {
    const first = await give('Order boxes');
    const card = cardOf(first)?.message ?? '';
    expect(sent()).to.deep.equal([`post ${card}`]);
    const second = await give('Order tape');
    const third = await give('Order labels');
    expect(sent()).to.deep.equal([`update ${card}`, `update ${card}`]);
    expect([cardOf(second)?.message, cardOf(third)?.message]).to.deep.equal([card, card]);
    expect([second.conversation, third.conversation]).to.deep.equal([first.conversation, first.conversation]);
    expect((await line(first)).cards).to.deep.equal([second.id, third.id]);
    // The session of the agent reads each as an assignment of its own.
    for (const one of [first, second, third]) expect((await line(one)).line?.task).to.equal(one.id);
  });

  it('wake the agent each, in that conversation', async () => {
    const first = await give('Order boxes');
    await give('Order tape');
    const wakes = world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.conversation] : []));
    expect(wakes).to.deep.equal([first.conversation, first.conversation]);
  });

  it('update their post when any of them changes, once a commit', async () => {
    const first = await give('Order boxes');
    const second = await give('Order tape');
    sent();
    await world.does(world.ben, 'start_task', { task: `#${second.number}` });
    await world.does(world.ben, 'complete_task', { task: `#${first.number}` });
    const card = cardOf(first)?.message;
    expect(sent()).to.deep.equal([`update ${card}`, `update ${card}`]);
  });

  it('join also if they were there before and nobody had them', async () => {
    const first = await give('Order boxes');
    world.clock.now -= MINUTE;
    const { task } = await world.does(world.ada, 'create_task', { title: 'Order tape' });
    world.clock.now -= 50_000;
    sent();
    await world.does(world.ada, 'assign_task', { task: task.id, assignee: 'scribe' });
    const second = (await world.doc(TASKS, task.id)) as TaskDoc;
    expect(cardOf(second)).to.deep.equal(cardOf(first));
    expect(second.conversation).to.equal(first.conversation);
    expect(sent()).to.deep.equal([`update ${cardOf(first)?.message}`]);
  });

  const apart: [string, Given][] = [
    ['after two minutes', { after: 2 * MINUTE }],
    ['to another agent', { assignee: 'pilot' }],
  ];
  for (const [when, given] of apart)
    it(`are posts of their own ${when}`, async () => {
      const first = await give('Order boxes');
      const second = await give('Order tape', given);
      expect(cardOf(second)?.message).to.equal(second.lines?.[0]?.message);
      expect(second.conversation).not.to.equal(first.conversation);
      expect((await line(first)).cards).to.equal(undefined);
    });

  it('are posts of their own by two people', async () => {
    const first = await give('Order boxes');
    const second = await give('Order tape', { by: world.ben });
    const third = await give('Order labels');
    expect(second.conversation).not.to.equal(first.conversation);
    expect(cardOf(third), 'another post in between ends nothing').to.deep.equal(cardOf(first));
  });

  it('stay in the thread in which they came up, and share one post there, whichever agent has them', async () => {
    world.clock.now += 10 * MINUTE;
    const begun = await world.does(world.ada, 'start_conversation', { title: 'Fair', text: 'The fair.' });
    const conversation: string = begun.conversation.id;
    const first = await give('Order boxes', { conversation });
    const second = await give('Order tape', { conversation, assignee: 'pilot' });
    expect(cardOf(second)).to.deep.equal(cardOf(first));
    expect(second.conversation).to.equal(conversation);
    const elsewhere = await give('Order labels');
    expect(elsewhere.conversation, 'a thread takes in no task that came up elsewhere').not.to.equal(conversation);
  });

  it('go on in a second post once the first is full', async () => {
    const all: TaskDoc[] = [];
    for (let n = 0; n <= MOST_TOGETHER; n++) all.push(await give(`Order ${n}`, { after: 1000 }));
    const cards = all.map((one) => cardOf(one)?.message);
    expect(new Set(cards.slice(0, MOST_TOGETHER)).size).to.equal(1);
    expect(cards.at(-1)).not.to.equal(cards[0]);
  });

  it('leave the post to the others when one is erased, also the first', async () => {
    const first = await give('Order boxes');
    const second = await give('Order tape');
    const card = cardOf(first)?.message;
    for (const one of [first, second]) {
      sent();
      await world.does(world.ada, 'redact', { what: one.id });
      expect(sent()).to.include(`update ${card}`).and.not.include(`unpost ${card}`);
      expect((await line(one)).erased).not.to.equal(undefined);
    }
  });

  it('never join a post whose line was erased', async () => {
    const first = await give('Order boxes');
    await world.does(world.ada, 'redact', { what: first.id });
    const second = await give('Order tape');
    expect(cardOf(second)?.message).to.equal(second.lines?.[0]?.message);
  });

  it('keep few batches with the pod, however many were given', async () => {
    for (let n = 0; n < 12; n++) await give(`Order ${n}`, { after: 3 * MINUTE });
    expect((await world.doc(PODS, world.pod))?.given).to.have.length(1);
  });
});

describe('the open batches of a pod', () => {
  const batch = { message: 'm', conversation: 'c', by: 'person:ada', to: 'agent:scribe', at: 1000 } as const;
  const asked = { by: 'person:ada', to: 'agent:scribe', conversation: undefined, at: 2000 } as const;

  it('are at most five, the newest', () => {
    const all = Array.from({ length: 9 }, (_, n) => ({ ...batch, message: `m${n}`, at: 1000 + n }));
    const left = all.reduce<readonly (typeof batch)[]>((before, one) => batchesWith(before, one as never) as never, []);
    expect(left.map(({ message }) => message)).to.deep.equal(['m4', 'm5', 'm6', 'm7', 'm8']);
  });

  it('are joined up to two minutes after the first, whichever clock is ahead', () => {
    expect(batchFor([batch], asked)).to.equal(batch);
    expect(batchFor([batch], { ...asked, at: 1000 + 119_999 })).to.equal(batch);
    expect(batchFor([batch], { ...asked, at: 1000 + 120_000 })).to.equal(undefined);
    expect(batchFor([batch], { ...asked, at: 0 })).to.equal(batch);
  });

  it('are joined by tasks of the same giver, to the same agent', () => {
    expect(batchFor([batch], { ...asked, by: 'person:ben' })).to.equal(undefined);
    expect(batchFor([batch], { ...asked, to: 'agent:pilot' })).to.equal(undefined);
    expect(batchFor([batch], { ...asked, conversation: 'c2' })).to.equal(undefined);
    expect(batchFor([batch], { ...asked, conversation: 'c', to: 'agent:pilot' })).to.equal(batch);
    expect(batchFor([batch], { ...asked, why: 'unblocked' }), 'for another reason').to.equal(undefined);
    const freed = { ...batch, why: 'unblocked' as const };
    expect(batchFor([freed, batch], { ...asked, why: 'unblocked' })).to.equal(freed);
  });
});
