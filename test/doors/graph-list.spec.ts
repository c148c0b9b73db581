import { expect } from 'chai';
import { graphList } from '../../src/doors/graph-list.ts';
import { makeReader } from '../../src/log/read.ts';
import { aWorld, refusal, type World } from '../pods/build.ts';
import { texts } from '../texts/words.ts';

describe('the graph of tasks as a list', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const make = async (title: string, more: object = {}): Promise<string> =>
    `#${(await world.does(world.ada, 'create_task', { title, ...more })).task.number}`;
  const list = async (page = 1) => {
    const deps = { act: world.act, read: makeReader(world.store) };
    const asked = {
      ...{ as: { id: world.ada, name: 'Ada' }, pod: { id: world.pod, name: 'Launch' }, page },
      via: 'slack',
      more: (next: number) => `/skein graph ${next}`,
    } as const;
    return graphList(deps, texts.fill, asked);
  };

  it('says how each stands, with whom, by when and of what it is a part', async () => {
    expect(await list()).to.deep.equal({
      head: 'Launch has no open tasks. Say what is to be done and who should do it.',
      lines: [],
    });
    const whole = await make('Fair', { assignee: 'ben' });
    const first = await make('Write [it](http://x.example)', {
      assignee: 'scribe',
      reviewers: ['ben'],
      due: '2026-12-01',
    });
    await make('Print it', { depends_on: [first], parent: whole });
    const gone = await make('Book the hall');
    await make('Hang the lamps', { depends_on: [gone] });
    await world.does(world.ada, 'drop_task', { task: gone, reason: 'Closed' });
    await world.does(world.scribe, 'request_review', { task: first });
    const { head, lines, foot } = await list();
    expect(head).to.equal('**Launch**: 1 stuck, 1 in review, 1 with parts that go on, 1 waiting');
    expect(lines).to.deep.equal([
      '#2 **Write (it)(http://x.example)**: in review by Ben Okafor, round 1 of 3, Scribe, due Tue 1 Dec',
      '#5 **Hang the lamps**: stuck (waits for #4, dropped by Ada Lindqvist), nobody yet',
      '#3 **Print it**: waits for #2, nobody yet, part of #1',
      '#1 **Fair**: 0 of 1 part done, Ben Okafor',
    ]);
    expect(foot).to.equal(undefined);
  });

  it('comes in pages', async () => {
    for (let n = 1; n <= 30; n++) await make(`Step ${n}`);
    const [one, two] = [await list(1), await list(2)];
    expect([one.lines.length, two.lines.length]).to.deep.equal([25, 5]);
    expect([one.foot, two.foot]).to.deep.equal(['Page 1 of 2. The next: /skein graph 2', 'Page 2 of 2, the last one.']);
    expect((await refusal(list(3))).message).to.equal('There is no page 3: the tasks of Launch fill 2.');
  });
});
