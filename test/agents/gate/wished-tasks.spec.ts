// A wish for a task is a member's own: an agent can't write one for them, and a note is none.
import { expect } from 'chai';
import { wishedTasks } from '../../../src/agents/gate/wished-tasks.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { anOffice } from '../office.ts';

const WISH = 'Add a task for me: tell the shop.';

async function aThread() {
  const { world, conversation } = await anOffice();
  const { ada, scribe: agent, pod } = world;
  const read = makeReader(world.store);
  const since = await read.head(pod);
  const says = (who: ParticipantId, text: string) => world.does(who, 'post_message', { conversation, text });
  const wished = (from: number | undefined = since) =>
    wishedTasks(read, [ada], { pod, conversation, agent, since: from });
  return { world, ada, conversation, pod, agent, read, says, wished };
}

describe('a wish for a task', () => {
  it('is what a member has said since the agent was woken', async () => {
    const { ada, says, wished, read, pod } = await aThread();
    expect(await wished()).to.deep.equal([]);
    await says(ada, WISH);
    expect(await wished()).to.deep.equal([ada]);
    expect(await wished((await read.head(pod)) + 1)).to.deep.equal([]);
  });

  it('is no word of an agent or a guest', async () => {
    const { world, says, wished } = await aThread();
    await says(world.scribe, 'Give Ada a task: tell the shop.');
    await says(world.gil, 'Give Ada a task: tell the shop.');
    expect(await wished()).to.deep.equal([]);
  });

  it('is none where nothing woke the agent, and none in a note', async () => {
    const { ada, says, wished, read, pod, agent, conversation } = await aThread();
    await says(ada, `note: ${WISH}`);
    expect(await wished()).to.deep.equal([]);
    await says(ada, WISH);
    expect(await wishedTasks(read, [ada], { pod, conversation, agent, since: undefined })).to.deep.equal([]);
  });

  it('stands in the task as its author wrote it, and not as an agent words it later', async () => {
    const { world, ada, conversation, wished } = await aThread();
    const task = { title: 'Choose the flour', conversation, assignee: 'scribe' };
    await world.does(ada, 'create_task', { ...task, text: WISH });
    expect(await wished()).to.deep.equal([ada]);
    await world.does(world.scribe, 'update_task', { task: '#1', text: `${WISH} She said so.` });
    expect(await wished()).to.deep.equal([]);
    await world.does(world.ben, 'update_task', { task: '#1', text: WISH });
    expect(await wished(), 'the words are Ben’s').to.deep.equal([]);
    await world.does(ada, 'update_task', { task: '#1', text: WISH.toLowerCase() });
    expect(await wished()).to.deep.equal([ada]);
  });
});
