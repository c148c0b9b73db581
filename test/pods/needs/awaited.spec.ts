// What somebody waits for: the open questions that they asked and the tasks that they gave, with whom and since when.
import { expect } from 'chai';
import { awaitedLine } from '../../../src/doors/awaited-line.ts';
import { texts } from '../../texts/words.ts';
import { aWorld, type World } from '../build.ts';

describe('what somebody waits for', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });

  const lines = async (who: World['ada']): Promise<string[]> => {
    const { awaited } = await world.does(who, 'list_awaited');
    const reader = { zone: 'UTC', now: world.clock.now };
    // biome-ignore lint/suspicious/noExplicitAny: results are JSON
    return awaited.map((one: any) => awaitedLine(texts.fill, one, '', reader));
  };

  it('is listed with whom it is and since when, the oldest first, until it is done', async () => {
    const { does, ada, ben, pilot } = world;
    const { conversation } = await does(ada, 'start_conversation', { title: 'Hall', text: 'Which day?' });
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben', due: '2026-11-05' });
    const ask = { question: 'Which day?', conversation: conversation.id, needed_by: '4h' };
    await does(ben, 'ask', { ...ask, to: ['ada', 'gil'], answers: 2 });
    await does(ada, 'create_task', { title: 'Sweep', assignee: 'ada' });
    await does(ada, 'create_task', { title: 'Weigh' });
    await does(pilot, 'create_task', { title: 'Print', assignee: 'scribe' }, { onBehalfOf: ada });
    expect(await lines(ada)).to.deep.equal([
      '#1 “Order boxes” in Launch, with Ben Okafor since Mon 2 Nov, 09:10, due Thu 5 Nov',
      '#3 “Weigh” in Launch, with nobody since Mon 2 Nov, 09:13',
      '#4 “Print” in Launch, with Scribe since Mon 2 Nov, 09:14',
    ]);
    expect(await lines(ben)).to.deep.equal([
      'q1 “Which day?” in Launch, with Ada Lindqvist, Gil Torres since Mon 2 Nov, 09:11, needed by today, Mon 2 Nov, 13:11',
    ]);
    await does(ada, 'answer_question', { question: 'q1', text: 'Monday' });
    expect((await lines(ben))[0]).to.include('with Gil Torres since');
    await does(ben, 'complete_task', { task: '#1' });
    expect((await lines(ada)).join()).not.to.include('Order boxes');
  });

  it('is also what somebody passed on that another had given', async () => {
    const { does, ada, ben, gil } = world;
    await does(ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await does(ben, 'assign_task', { task: '#1', assignee: 'gil' });
    const given = ['#1 “Order boxes” in Launch, with Gil Torres since Mon 2 Nov, 09:10'];
    expect([await lines(ada), await lines(ben), await lines(gil)]).to.deep.equal([given, given, []]);
    await does(ada, 'assign_task', { task: '#1', assignee: 'ben' });
    expect(await lines(ben)).to.deep.equal([]);
  });

  it('says how its review stands, and for what it waits', async () => {
    const { does, ada, ben } = world;
    await does(ada, 'create_task', { title: 'Price page', assignee: 'ben', reviewers: ['ada'] });
    await does(ada, 'create_task', { title: 'Print it', assignee: 'ben', depends_on: ['#1'] });
    expect(await lines(ada)).to.deep.equal([
      '#1 “Price page” in Launch, with Ben Okafor since Mon 2 Nov, 09:09; to be reviewed by Ada Lindqvist',
      '#2 “Print it” in Launch, with Ben Okafor since Mon 2 Nov, 09:10; waits for #1',
    ]);
    await does(ben, 'request_review', { task: '#1' });
    expect((await lines(ada))[0]).to.match(/; in review by Ada Lindqvist, round 1 of 3$/);
  });

  it('is not of a pod that they have left', async () => {
    const { does, ada, ben } = world;
    await does(ben, 'create_task', { title: 'Order boxes', assignee: 'ada' });
    expect(await lines(ben)).to.have.length(1);
    await does(ada, 'remove_member', { who: 'ben' });
    expect(await lines(ben)).to.deep.equal([]);
  });
});
