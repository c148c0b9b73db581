import { expect } from 'chai';
import { Conflict, InvalidInput, NotAllowed } from '../../../src/errors.ts';
import type { Origin } from '../../../src/log/place.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, refusal, type World } from '../build.ts';

const MAIL: Origin = {
  kind: 'email',
  messageId: '<m1@x.example>',
  at: Date.UTC(2026, 10, 1),
  raw: 'r',
  outside: 'Dear Ada',
};
const INPUT = { title: 'Rye flour', text: 'Please look.', files: ['mail/x/a.pdf'] };

describe('take_mail', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const takes = (over: object = {}, more: object = {}) =>
    world.acts(world.ben, 'take_mail', { ...INPUT, ...over }, { origin: { ...MAIL, ...more } as Origin });

  it('makes a conversation, its first message and a task in one commit, and no word stands in it', async () => {
    const { result, commit } = await takes();
    expect(commit?.changes.map(({ type }) => type)).to.deep.equal([
      ...['conversation_started', 'message_posted', 'message_added', 'conversation_mailed', 'conversation_mailed'],
      ...['task_created', 'task_counted', 'run_opened'],
    ]);
    expect(commit?.deliveries.map(({ kind }) => kind)).to.deep.equal(['mail', 'post', 'wake']);
    expect(JSON.stringify(commit)).not.to.match(/Rye|Please|Dear/);
    const task = await world.doc(TASKS, result.task.id);
    expect(task).to.include({ number: 1, assignee: world.pilot, conversation: result.conversation });
    expect(await world.doc(MESSAGES, result.message)).to.include({
      by: world.ben,
      at: MAIL.kind === 'email' && MAIL.at,
      raw: 'r',
    });
    expect((await world.doc(CONVERSATIONS, result.conversation))?.mail).to.deep.equal({
      ...{ people: [world.ben], messageId: '<m1@x.example>' },
    });
  });

  it('shows the subject of a forward as it is, and whoever reads it is told that it is from outside', async () => {
    const title = '@scribe [Sign in](https://evil.example) `now`';
    const { result, commit } = await takes({ title, text: '', outsideTitle: true });
    expect(commit?.deliveries.at(-1)).to.include({ kind: 'wake', agent: world.pilot });
    const { messages } = await world.does(world.ada, 'read_conversation', { conversation: result.conversation });
    expect(messages[0].text).to.match(/^`@scribe \[Sign in\]\(https:\/\/evil\.example\) 'now'`\n/);
    for (const [action, input] of [
      ['list_tasks', {}],
      ['search_pod', { query: 'Sign in' }],
      ['pod_history', {}],
      ['read_conversation', { conversation: result.conversation }],
      ['read_conversation', { conversation: 'all' }],
    ] as const)
      expect((await world.acts(world.ada, action, input)).result, action).to.include({ outside: true });
    await world.acts(world.ada, 'update_task', { task: '#1', title: 'Look at the offer' });
    expect((await world.acts(world.ada, 'list_tasks', {})).result).not.to.have.property('outside');
  });

  it('takes a subject of the sender’s own as theirs, also above a mail of somebody else', async () => {
    await takes();
    expect((await world.acts(world.ada, 'list_tasks', {})).result).not.to.have.property('outside');
  });

  it('notes the day that the sender’s own words name, as it was when they wrote, and sets none', async () => {
    const noted = async (over: object, more: object = {}) =>
      world.doc(
        TASKS,
        (await takes(over, { messageId: `<${JSON.stringify([over, more]).length}@x>`, ...more })).result.task.id,
      );
    const task = await noted({ text: 'Please look by Friday.' }, { at: world.clock.now });
    expect(task?.proposed?.day).to.match(/^\d{4}-\d\d-\d\d$/);
    expect(new Date(`${task?.proposed?.day}T00:00Z`).getUTCDay()).to.equal(5);
    expect(task).not.to.have.any.keys('due', 'dueAt');
    expect(await noted({ title: 'Rye flour by 24 December 2030' }), 'in the subject').to.have.nested.include({
      'proposed.day': '2030-12-24',
    });
    const none = 'proposed';
    expect(
      await noted({ title: 'By 24 December 2030', text: 'Look.', outsideTitle: true }),
      'theirs',
    ).not.to.have.property(none);
    expect(
      await noted({ text: 'Look.' }, { outside: 'We need it by 24 December 2030.' }),
      'quoted',
    ).not.to.have.property(none);
    expect(await noted({ text: 'By 24 December 2020, they say.' }), 'a day that has passed').not.to.have.property(none);
  });

  it('gives it to the agent whose address it names', async () => {
    const { result, commit } = await takes({ handle: 'scribe' });
    expect((await world.doc(TASKS, result.task.id))?.assignee).to.equal(world.scribe);
    expect(commit?.deliveries.at(-1)).to.include({ kind: 'wake', agent: world.scribe });
  });

  it('gives it to whom the words name, before any address', async () => {
    const { result } = await takes({ text: '@scribe please look.', handle: 'pilot' });
    expect((await world.doc(TASKS, result.task.id))?.assignee).to.equal(world.scribe);
  });

  it('lets members in copy follow, and tells strangers nothing', async () => {
    const { result } = await takes({ followers: [world.ada, world.zoe, 'person:nobody'] });
    expect((await world.doc(TASKS, result.task.id))?.followers).to.deep.equal([world.ada]);
    expect((await world.doc(CONVERSATIONS, result.conversation))?.mail?.people).to.deep.equal([world.ben, world.ada]);
  });

  it('writes nothing to whoever wants no answer, now or later', async () => {
    const { result, commit } = await takes({ acknowledge: false }, { quiet: true });
    expect(commit?.deliveries.map(({ kind }) => kind)).to.deep.equal(['post', 'wake']);
    expect((await world.doc(CONVERSATIONS, result.conversation))?.mail?.people).to.deep.equal([]);
  });

  it('makes no task in a person’s own pod', async () => {
    const { result, commit } = await takes({ task: false });
    expect(result).not.to.have.property('task');
    expect(commit?.deliveries.map(({ kind }) => kind)).to.deep.equal(['post', 'wake']);
  });

  it('is for members, for mails and for agents that are here', async () => {
    const origin = { origin: MAIL };
    expect(await refusal(world.does(world.gil, 'take_mail', INPUT, origin))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.zoe, 'take_mail', INPUT, origin))).to.be.instanceOf(NotAllowed);
    expect(await refusal(world.does(world.ben, 'take_mail', INPUT))).to.be.instanceOf(InvalidInput);
    expect((await refusal(takes({ handle: 'nobody' }))).message).to.contain('“nobody”');
    expect((await refusal(takes({ handle: 'ada' }))).message).to.contain('is no agent');
    await world.does(world.ada, 'archive_pod');
    expect(await refusal(takes())).to.be.instanceOf(Conflict);
  });
});
