// A notice that an agent failed is no message of the conversation, and reaches whoever asked.
import { expect } from 'chai';
import { planTalk } from '../../../src/digest/talk.ts';
import type { Origin } from '../../../src/log/place.ts';
import { CONVERSATIONS } from '../../../src/pods/conversations/conversation.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld, type World } from '../build.ts';

const text = '@pilot @ben The model is not available.';

describe('report_failure', () => {
  let world: World;
  let conversation: string;
  let asked: string;
  beforeEach(async () => {
    world = await aWorld();
    const begun = await world.does(world.ada, 'start_conversation', { title: 'Rye', text: '@scribe which flour?' });
    conversation = begun.conversation.id;
    asked = begun.message.id;
    world.delivered.length = 0;
  });

  const fails = (more: object = {}, by = world.scribe) =>
    world.does(by, 'report_failure', { conversation, text, because: asked, ...more });
  const itemOf = (who: World['ada']) =>
    world.doc(NEEDS, needId(world.pod, who, { on: 'conversations', id: conversation }));

  it('leaves who spoke last, the hops, the agents and the followers as they were, and wakes nobody', async () => {
    const before = await world.doc(CONVERSATIONS, conversation);
    await fails();
    await fails({}, world.pilot);
    await fails({ waits: true });
    const { messages, seq, rev, lastAt, atWork, ...after } = (await world.doc(CONVERSATIONS, conversation)) ?? {};
    const { messages: _m, seq: _s, rev: _r, lastAt: _l, atWork: _w, ...was } = before ?? {};
    expect(after).to.deep.equal(was);
    expect(atWork, 'the run that failed is over').to.deep.equal([{ agent: world.scribe, ended: atWork?.[0]?.ended }]);
    expect({ messages, later: lastAt !== undefined && seq !== rev }).to.deep.include({ messages: 4 });
    expect(world.delivered.map(({ kind }) => kind)).to.deep.equal(['post', 'post', 'post']);
    // Whoever writes next speaks to the same agent as before.
    const { addressed } = await world.does(world.ada, 'post_message', { conversation, text: 'Try the dark one.' });
    expect(addressed).to.deep.equal([world.scribe]);
  });

  it('does not count as talk in the digest', async () => {
    await fails();
    await fails({ waits: true });
    const talk = planTalk(await world.commits(), world.ben, false);
    expect([talk.messages, talk.by]).to.deep.equal([1, [world.ada]]);
  });

  it('asks nothing of whoever wrote in the thread, where Slack tells them', async () => {
    await fails();
    expect(await itemOf(world.ada)).to.equal(undefined);
    expect(await itemOf(world.ben)).to.equal(undefined);
  });

  it('calls whoever asked from elsewhere, once, until they let it try again', async () => {
    const { task } = await world.does(world.ben, 'create_task', { title: 'Weigh', assignee: 'scribe' });
    const given = await world.doc(TASKS, task.id);
    conversation = given?.conversation ?? '';
    asked = given?.lines?.[0]?.message ?? '';
    await fails({ waits: true });
    expect(await itemOf(world.ben), 'it is tried again by itself').to.equal(undefined);
    const { message } = await fails();
    expect(await world.doc(MESSAGES, message.id)).to.deep.include({ mentions: [world.ben], failed: true });
    expect(await itemOf(world.ben)).to.include({ state: 'open', reason: 'named', message: message.id });
    expect(await itemOf(world.ada)).to.equal(undefined);
    await world.does(world.ada, 'retry_run', { message: message.id });
    expect(await itemOf(world.ben)).to.include({ state: 'withdrawn' });
  });

  it('goes by mail to whoever asked, and to none of the others who follow', async () => {
    const mail: Origin = { kind: 'email', messageId: '<1@a.example>', notifies: [world.ben, world.ada], raw: 'a' };
    const said = { conversation, text: '@scribe and now?' };
    const { message } = await world.does(world.ada, 'post_message', said, { origin: mail });
    world.delivered.length = 0;
    await fails({ because: message.id });
    const mails = world.delivered.filter((one) => one.kind === 'mail');
    expect(mails.map((one) => one.kind === 'mail' && one.to)).to.deep.equal([[world.ada]]);
  });
});
