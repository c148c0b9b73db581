// A notice that was posted and recorded is carried again, because its process was killed before it could say so.
import { expect } from 'chai';
import { notice } from '../../../src/outbox/kinds/notice.ts';
import { aStage } from '../stage.ts';

describe('a notice that is carried again', () => {
  it('is not posted again, and shows what was settled meanwhile', async () => {
    const { world, parts, slack, newest } = await aStage();
    const { ada, ben } = world;
    const signal = new AbortController().signal;
    await world.does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await world.does(ada, 'create_task', { title: 'Weigh flour', assignee: 'ben' });
    for (const one of world.delivered.splice(0))
      if (one.kind === 'act') {
        const { in: pod, actor, action, input, key } = one;
        await world.act({ pod, actor, via: 'skein', action, input, key });
      }
    world.clock.now += 300_000;
    const due = world.clock.now;
    const act = { pod: ben, actor: 'skein', via: 'skein', action: 'tell', input: { dueAt: due }, key: 'tell' } as const;
    await world.act(act);
    const delivery = newest('notice');
    await notice.carry(parts, delivery, signal);
    const posts = slack.posts.length;
    await world.does(ben, 'complete_task', { task: '#1' });
    await notice.carry(parts, delivery, signal);
    expect(slack.posts).to.have.length(posts);
    const shown = JSON.stringify(slack.posts.at(-1));
    expect(shown)
      .to.include('Weigh flour')
      .and.match(/Done: [^"]*Order boxes/);
    expect(shown.match(/item\.done/g), 'a button for what is left').to.have.length(1);
  });
});
