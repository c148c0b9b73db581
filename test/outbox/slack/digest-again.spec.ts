// A digest that was posted and recorded is carried again, because its process was killed before it could say so.
import { expect } from 'chai';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import { aStage } from '../stage.ts';

describe('a digest that is carried again', () => {
  it('is not posted again, nor set aside because its words have changed since', async () => {
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
    const day = new Date(world.clock.now + 86_400_000).toISOString().slice(0, 10);
    await world.does('skein', 'close_digest', { person: ben, day });
    const delivery = newest('digest');
    await DELIVERY_KINDS.digest.carry(parts, delivery, signal);
    const posts = slack.posts.length;
    expect(JSON.stringify(slack.posts.at(-1)))
      .to.include('Weigh flour')
      .and.include('Order boxes');
    await world.does(ben, 'complete_task', { task: '#1' });
    world.clock.now += 86_400_000;
    await DELIVERY_KINDS.digest.carry(parts, delivery, signal);
    expect(slack.posts).to.have.length(posts);
  });
});
