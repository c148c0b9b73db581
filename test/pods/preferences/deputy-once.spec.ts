// A deputy hears of one thing once, also where the same message asks them too.
import { expect } from 'chai';
import { aWorld } from '../build.ts';
import { toldBy } from './build.ts';

describe('a deputy', () => {
  const END = Date.UTC(2026, 10, 2, 18);

  it('who is asked the same question is told of it once', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil, scribe } = world;
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    const { conversation } = await does(ada, 'start_conversation', { title: 'Hall', text: 'Which hall?' });
    await does(scribe, 'ask', { to: ['ben', 'gil'], question: 'Which hall?', conversation: conversation.id });
    const told = await toldBy(world, [ben, gil], END);
    expect(told.map(({ notice }) => [notice.person, notice.items.map((one) => one.for)])).to.deep.equal([
      [gil, [undefined]],
    ]);
  });

  it('who is given a task together with the absent person’s is told of both in one message', async () => {
    const world = await aWorld();
    const { does, ada, ben, gil } = world;
    await does(ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await does(ada, 'create_task', { title: 'Weigh flour', assignee: 'gil' });
    const told = await toldBy(world, [ben, gil], END);
    expect(told.map(({ notice }) => [notice.person, notice.items.length])).to.deep.equal([[gil, 2]]);
  });
});
