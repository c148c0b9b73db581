// A digest that was posted and recorded is carried again, because its process was killed before it could say so.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import { DELIVERY_KINDS } from '../../../src/outbox/kinds.ts';
import type { SendingDoc } from '../../../src/outbox/slack/send-once.ts';
import type { WordingDoc } from '../../../src/outbox/wordings.ts';
import { NOTICES } from '../../../src/pods/telling/notices/notice.ts';
import { refusal } from '../../pods/build.ts';
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

  it('is one for its reader and day where one version made and posted it, and the next one goes on', async () => {
    const { world, parts, slack, newest } = await aStage();
    const { ben, store, does } = world;
    const before = slack.posts.length;
    const day = new Date(world.clock.now + 86_400_000).toISOString().slice(0, 10);
    await does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await does('skein', 'close_digest', { person: ben, day }, { key: 'as the version before named it' });
    const delivery = newest('digest');
    // That version ended between its post and the commit that records it. Its words and facts are not those of this one.
    const { id } = delivery;
    await store.collection<SendingDoc>('sending').insert([{ id, rev: 1, at: world.clock.now }]);
    const wording = { id, rev: 1, pods: [world.pod], facts: 'by other rules', sections: '[]' };
    await store.collection<WordingDoc>('wordings').insert([wording]);
    slack.posts.push({ ts: '9.000001', key: id, shown: 'Your digest, as it was worded then' });
    world.clock.now += 3_600_000;
    await DELIVERY_KINDS.digest.carry(parts, delivery, new AbortController().signal);
    expect(slack.posts.slice(before).map(({ key }) => key)).to.deep.equal([id]);
    const sent = await makeReader(store).find(NOTICES, { where: { pod: ben } });
    expect(sent.map(({ ts, key }) => [ts, key])).to.deep.equal([[['9.000001'], id]]);
    world.delivered.length = 0;
    const again = await refusal(does('skein', 'close_digest', { person: ben, day }, { key: `digest:${ben}:${day}` }));
    expect(again.message).to.include(`had the digest of ${day} already`);
    expect(world.delivered).to.deep.equal([]);
  });
});
