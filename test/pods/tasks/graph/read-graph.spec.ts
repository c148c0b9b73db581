// The graph of tasks as lists, the board and the drawing read it.
import { expect } from 'chai';
import { aWorld, type Json, refusal, type World } from '../../build.ts';

describe('the graph of tasks', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });
  const make = async (title: string, more: object = {}): Promise<string> =>
    `#${(await world.does(world.ada, 'create_task', { title, ...more })).task.number}`;
  const graph = (input: object = {}, who = world.ada): Promise<Json> => world.does(who, 'read_graph', input);
  const shown = ({ tasks }: Json) => tasks.map(({ number, is }: Json) => `#${number} ${is}`);

  it('shows what can begin first, then what waits, and says what for', async () => {
    const first = await make('First', { assignee: 'ben' });
    const second = await make('Second', { depends_on: [first] });
    const whole = await make('Whole');
    await make('Part', { parent: whole, depends_on: [second] });
    const lost = await make('Lost');
    await make('Stuck', { depends_on: [lost] });
    await world.does(world.ben, 'start_task', { task: first });
    await world.does(world.ben, 'drop_task', { task: lost, reason: 'No' });
    const { counts, tasks, next } = await graph();
    expect(shown({ tasks })).to.deep.equal(['#1 started', '#6 stuck', '#2 waits', '#4 waits', '#3 parts']);
    expect(counts).to.deep.equal({ stuck: 1, started: 1, parts: 1, waits: 2 });
    expect(next).to.equal(undefined);
    const [, stuck, waiting, part] = tasks;
    expect(stuck).to.include({ lost: 5, waits_for: '#5, dropped by Ben Okafor' });
    expect(waiting).to.deep.include({ waits_for: '#1', depends_on: [1] });
    expect(part).to.deep.include({ part_of: 3, depends_on: [2] });
  });

  it('shows with all what is over after that, the newest first', async () => {
    const first = await make('First');
    await make('Second', { depends_on: [first] });
    const third = await make('Third');
    for (const task of [first, third]) await world.does(world.ben, 'complete_task', { task });
    expect(shown(await graph({ all: true }))).to.deep.equal(['#2 ready', '#3 done', '#1 done']);
    expect((await graph({ all: true })).tasks[0].depends_on, 'also what is done').to.deep.equal([1]);
    expect((await graph()).tasks[0].depends_on).to.equal(undefined);
  });

  it('says of what ends by its review whether that is to be asked for', async () => {
    const task = await make('Sign', { assignee: 'ben', reviewers: ['ada'] });
    expect((await graph()).tasks[0].review_first).to.equal('to ask');
    await world.does(world.ben, 'request_review', { task });
    expect((await graph()).tasks[0].review_first, 'its holder may end it all the same').to.equal(undefined);
  });

  it('comes in pages that leave nothing out, and of one person if asked', async () => {
    let before = await make('1');
    for (let n = 2; n <= 7; n++)
      before = await make(`${n}`, { depends_on: [before], ...(n % 2 ? { assignee: 'ben' } : {}) });
    await make('8', { assignee: 'ben' });
    const seen: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await graph({ limit: 3, ...(after ? { after } : {}) });
      seen.push(...shown(page));
      after = page.next;
      if (!after) break;
    }
    expect(seen).to.deep.equal(['#1 ready', '#8 ready', ...[2, 3, 4, 5, 6, 7].map((n) => `#${n} waits`)]);
    expect(shown(await graph({ assignee: 'ben' }))).to.deep.equal(['#8 ready', '#3 waits', '#5 waits', '#7 waits']);
    expect((await refusal(graph({ after: 'soon' }))).message).to.equal(
      '“soon” is no next of an earlier page. Leave out after.',
    );
  });

  it('says what it asks of the reader: of reviewers and their deputies, and of nobody else', async () => {
    const task = await make('Menu', { assignee: 'scribe', reviewers: ['ben'] });
    await world.does(world.scribe, 'request_review', { task });
    const asks = async (who = world.ada) => (await graph({}, who)).tasks[0];
    expect(await asks(world.ben)).to.include({ is: 'review', asks_you: 'review', turn: 1 });
    for (const who of [world.ada, world.gil]) expect((await asks(who)).asks_you).to.equal(undefined);
    await world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
    expect((await asks(world.gil)).asks_you, 'a guest').to.equal(undefined);
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    await world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'zoe' });
    expect((await asks(world.zoe)).asks_you).to.equal('review');
    await world.does(world.zoe, 'approve', { task });
    for (const who of [world.zoe, world.ben]) expect((await asks(who)).asks_you).to.equal(undefined);
  });
});
