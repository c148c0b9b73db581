// The card of a task that has parts: it says how many are done, and can be done itself only after them.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import { taskCard } from '../../../src/outbox/slack/task-card.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { cardOf } from '../../../src/pods/tasks/cards/card.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { aWorld } from '../../pods/build.ts';
import { texts } from '../../texts/words.ts';

describe('the card of a task with parts', () => {
  it('says how many are done, and can be begun and done once all are', async () => {
    const { does, doc, store, ada } = await aWorld();
    const { task } = await does(ada, 'create_task', { title: 'Fair', assignee: 'scribe' });
    const card = async (): Promise<string> => {
      const { message = '' } = cardOf((await doc(TASKS, task.id)) ?? {}) ?? {};
      const line = await doc(MESSAGES, message);
      return line ? JSON.stringify(await taskCard({ read: makeReader(store), texts }, line)) : expect.fail('no card');
    };
    expect(await card())
      .to.contain('"Start"')
      .and.contain('"Done"')
      .and.not.contain('part');
    for (const title of ['Stall', 'Leaflet']) await does(ada, 'create_task', { title, parent: '#1' });
    await does(ada, 'complete_task', { task: '#2' });
    expect(await card())
      .to.contain('1 of 2 parts done')
      .and.contain('"Give to…"')
      .and.not.contain('"Start"')
      .and.not.contain('"Done"');
    await does(ada, 'complete_task', { task: '#3' });
    expect(await card())
      .to.contain('2 of 2 parts done')
      .and.contain('"Done"');
  });
});
