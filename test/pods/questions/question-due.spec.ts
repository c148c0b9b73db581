// A question in time: its reminder, whom it passes to, its end, and the work that it follows.
import { expect } from 'chai';
import { makeReader } from '../../../src/log/read.ts';
import type { NeedChange } from '../../../src/pods/needs/need.ts';
import { questionsDue } from '../../../src/pods/questions/due/due.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { aWorld, refusal, type World } from '../build.ts';
import { toldBy } from '../preferences/build.ts';

const HOUR = 3_600_000;

const wordFor = ({ again, reason }: { again?: true; reason: string }) =>
  reason === 'expired' ? 'over' : again ? 'reminder' : 'passed';

describe('a question in time', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' })).conversation
      .id;
    world.delivered.length = 0;
  });

  const asks = async (more: object = {}): Promise<string> =>
    (await world.does(world.scribe, 'ask', { to: ['ben'], question: 'Which hall?', conversation, ...more })).question
      .id;
  const question = async (id: string): Promise<QuestionDoc> => {
    const doc = await world.doc(QUESTIONS, id);
    if (!doc) throw new Error('There is no such question.');
    return doc;
  };
  /** Fires what is due at the moment at which it is due next. */
  const time = async (id: string): Promise<void> => {
    world.clock.now = (await question(id)).dueAt;
    const { due } = await questionsDue.look(makeReader(world.store), world.clock.now);
    for (const one of due) await world.act({ actor: 'skein', via: 'skein', ...one });
    for (const one of due) await world.act({ actor: 'skein', via: 'skein', ...one });
  };
  /** Who was asked again, or in place of another: their own log hears of it, at a time of its own. */
  const brought = async () => {
    const commits = await makeReader(world.store).commits(world.pod, 1, 10_000);
    const raised = commits.flatMap(({ changes }) =>
      (changes as unknown as NeedChange[]).flatMap((one) =>
        one.type === 'need_opened' && one.asker ? [{ ...one, about: wordFor(one) }] : [],
      ),
    );
    const heard = world.delivered.flatMap((one) =>
      one.kind === 'act' ? [[one.in, (one.input as { need?: string }).need]] : [],
    );
    for (const { id, who } of raised) expect(heard).to.deep.include([who === 'owners' ? world.pod : who, id]);
    return raised.map(({ about, who }) => [about, who]);
  };
  const woken = () => world.delivered.flatMap((one) => (one.kind === 'wake' ? [one.agent] : []));

  it('reminds once in the middle, and ends in time with what the agent takes, said to be nobody’s word', async () => {
    const id = await asks({ options: ['Old', 'New'], needed_by: '8h', otherwise: 'Old' });
    const { at } = await question(id);
    await time(id);
    expect(await brought()).to.deep.equal([['reminder', world.ben]]);
    expect(world.clock.now - at).to.be.within(3 * HOUR, 5 * HOUR);
    await time(id);
    expect(await question(id)).to.deep.include({ state: 'expired', answers: [], dueAt: 0 });
    expect(woken()).to.deep.equal([world.scribe]);
    expect(await brought()).to.deep.equal([
      ['reminder', world.ben],
      ['over', world.ben],
    ]);
  });

  it('wakes no agent while the pod is archived; the agent hears the outcome once it is restored', async () => {
    const id = await asks({ options: ['Old', 'New'], needed_by: '8h', otherwise: 'Old' });
    const other = await asks({ needed_by: '2026-12-20' });
    await world.does(world.ada, 'archive_pod');
    for (let times = 0; times < 5 && (await question(id)).dueAt; times++) await time(id);
    expect(await question(id)).to.include({ state: 'expired' });
    expect(await question(other)).to.include({ state: 'open' });
    expect(woken()).to.deep.equal([]);
    await world.does(world.ada, 'archive_pod', { restore: true });
    expect(woken()).to.deep.equal([world.scribe]);
    await world.does(world.ada, 'archive_pod');
    await world.does(world.ada, 'archive_pod', { restore: true });
    expect(woken(), 'once').to.deep.equal([world.scribe]);
  });

  it('wakes the agent at the restoration also if the default agent has left the archived pod since', async () => {
    const id = await asks({ options: ['Old', 'New'], needed_by: '8h', otherwise: 'Old' });
    await world.does(world.ada, 'archive_pod');
    for (let times = 0; times < 5 && (await question(id)).dueAt; times++) await time(id);
    await world.does(world.ada, 'remove_member', { who: 'pilot' });
    await world.does(world.ada, 'archive_pod', { restore: true });
    expect(woken()).to.deep.equal([world.scribe]);
  });

  it('wakes the agent at the restoration if the question was erased in the archived pod', async () => {
    const id = await asks({ needed_by: '2026-12-20' });
    await world.does(world.ada, 'archive_pod');
    await world.does(world.ada, 'redact', { what: (await question(id)).message });
    expect(await question(id)).to.include({ state: 'withdrawn' });
    world.delivered.length = 0;
    await world.does(world.ada, 'archive_pod', { restore: true });
    expect(woken()).to.deep.equal([world.scribe]);
  });

  it('does not end while the person asked is at home', async () => {
    // Monday 9:00 in UTC is Monday morning; a need of six in the evening is asked at five.
    world.clock.now = Date.UTC(2026, 10, 6, 18, 30);
    const id = await asks({ needed_by: '2026-11-06T20:00' });
    expect((await question(id)).neededBy).to.be.within(Date.UTC(2026, 10, 9, 8), Date.UTC(2026, 10, 9, 10));
  });

  it('counts the hours and the zone that a person has set, and those of the deputy of somebody away', async () => {
    world.clock.now = Date.UTC(2026, 10, 6, 9, 0);
    await world.does(world.ben, 'set_hours', { from: '14:00', until: '18:00', time_zone: 'America/New_York' });
    const four = await world.acts(world.scribe, 'ask', { to: ['ben'], question: 'Hm?', conversation, needed_by: '4h' });
    expect((await question(four.result.question.id)).neededBy).to.equal(Date.UTC(2026, 10, 6, 23, 0));
    expect(four.result.question.needed_by).to.equal('2026-11-06T23:00Z');
    await world.does(world.ben, 'set_away', { until: '2026-11-20', deputy: 'gil' });
    expect((await question(await asks({ needed_by: '4h' }))).neededBy).to.be.within(
      Date.UTC(2026, 10, 6, 13, 0),
      Date.UTC(2026, 10, 6, 13, 30),
    );
    await world.does(world.ben, 'set_away', { until: '2026-11-20' });
    expect((await question(await asks({ needed_by: '4h' }))).neededBy).to.equal(Date.UTC(2026, 10, 20, 23, 0));
  });

  it('that wants two answers, of somebody away and of their deputy, passes on: nobody gives both', async () => {
    await world.does(world.ben, 'set_away', { until: '2026-11-20', deputy: 'gil' });
    for (const [more, to] of [
      [{}, 'owners'],
      [{ fallback: 'ada' }, world.ada],
    ] as const) {
      const id = await asks({ to: ['ben', 'gil'], answers: 2, ...more });
      await world.does(world.gil, 'answer_question', { question: id, text: 'The new one' });
      const twice = world.does(world.gil, 'answer_question', { question: id, text: 'And for Ben' });
      expect((await refusal(twice)).message).to.contain('You have answered');
      await time(id);
      expect((await question(id)).passed?.map((one) => [one.from, one.to, one.why])).to.deep.equal([
        [[world.ben], to, 'away'],
      ]);
      await world.does(world.ada, 'answer_question', { question: id, text: 'Yes, that one' });
      const { state, answers } = await question(id);
      expect([state, answers.map(({ by }) => by)]).to.deep.equal(['answered', [world.gil, world.ada]]);
    }
  });

  it('does not end before the person to whom it passed has had an hour to answer', async () => {
    world.clock.now = Date.UTC(2026, 10, 6, 9, 0);
    await world.does(world.gil, 'set_hours', { from: '08:00', until: '10:00', time_zone: 'UTC' });
    const id = await asks({ needed_by: '4h', fallback: 'gil' });
    await time(id);
    expect(await brought()).to.deep.equal([
      ['reminder', world.ben],
      ['passed', world.gil],
    ]);
    await time(id);
    expect(await question(id)).to.deep.include({ state: 'open', neededBy: Date.UTC(2026, 10, 9, 9, 0) });
    await time(id);
    expect((await question(id)).state).to.equal('expired');
  });

  it('reminds, then passes to the fallback, who may answer as those asked still may', async () => {
    const id = await asks({ fallback: 'gil' });
    await time(id);
    await time(id);
    expect(await brought()).to.deep.equal([
      ['reminder', world.ben],
      // That somebody else is asked too.
      ['reminder', world.ben],
      ['passed', world.gil],
    ]);
    expect((await question(id)).asked).to.deep.equal([world.ben, world.gil]);
    await world.does(world.gil, 'answer_question', { question: id, text: 'The old one' });
    expect((await question(id)).state).to.equal('answered');
  });

  it('reminds an owner who is its fallback too, and does not pass from them to themselves', async () => {
    const id = await asks({ to: ['owners'], fallback: 'ada' });
    await time(id);
    await time(id);
    expect((await question(id)).passed).to.equal(undefined);
    expect(await brought()).to.deep.equal([
      ['reminder', 'owners'],
      ['reminder', 'owners'],
    ]);
  });

  it('passes at once to the owners when the person asked leaves, and is not settled by it', async () => {
    const id = await asks();
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    const left = await question(id);
    expect(left).to.deep.include({ state: 'open', asked: [], role: 'owners' });
    expect(left.passed?.[0]).to.deep.include({ from: [world.ben], to: 'owners', why: 'left' });
    expect(await brought()).to.deep.equal([['passed', 'owners']]);
    await world.does(world.ada, 'answer_question', { question: id, text: 'The old one' });
    expect(woken()).to.deep.equal([world.scribe]);
  });

  it('goes with its task: the answer wakes whoever has it by then, in the task’s conversation', async () => {
    await world.does(world.ada, 'create_task', { title: 'Hall', assignee: 'scribe', conversation });
    const id = await asks();
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'pilot' });
    world.delivered.length = 0;
    await world.does(world.ben, 'answer_question', { question: id, text: 'The old one' });
    expect(woken()).to.deep.equal([world.pilot]);
    expect(await question(id)).to.deep.include({ hearer: world.pilot, hearsIn: conversation });
  });

  it('goes with its task to a person too: they are told how it ended, and nobody is woken', async () => {
    await world.does(world.ada, 'create_task', { title: 'Hall', assignee: 'scribe', conversation });
    const answered = await asks({ to: ['gil'] });
    const expired = await asks({ to: ['gil'], needed_by: '1h' });
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'ben' });
    world.delivered.length = 0;
    const opened = async () => {
      const commits = await makeReader(world.store).commits(world.pod, 1, 10_000);
      return ((commits.at(-1)?.changes ?? []) as unknown as NeedChange[]).flatMap((one) =>
        one.type === 'need_opened' ? [[one.who, one.reason, one.about]] : [],
      );
    };
    const told = [[world.ben, 'answered', { on: 'conversations', id: conversation }]];
    await world.does(world.gil, 'answer_question', { question: answered, text: 'The old one' });
    expect(await opened()).to.deep.equal(told);
    while ((await question(expired)).state === 'open') await time(expired);
    expect(await opened()).to.deep.equal([[world.gil, 'expired', { on: 'questions', id: expired }], ...told]);
    expect(woken()).to.deep.equal([]);
  });

  for (const [why, action, input] of [
    ['done', 'complete_task', { task: '#1' }],
    ['dropped', 'drop_task', { task: '#1', reason: 'The hall is closed' }],
  ] as const)
    it(`is withdrawn when its task is ${why}: its post says so, nobody is asked any more, and a late answer is told why`, async () => {
      await world.does(world.ada, 'create_task', { title: 'Hall', assignee: 'scribe', conversation });
      const id = await asks({ fallback: 'gil' });
      const waits = async () => (await world.does(world.ben, 'list_waiting')).waiting;
      expect(await waits()).to.have.length(1);
      world.delivered.length = 0;
      const { commit } = await world.acts(world.ada, action, input);
      expect((commit?.changes ?? []).map(({ type }) => type)).to.include('question_withdrawn');
      expect((await question(id)).withdrawn).to.deep.equal({ by: world.ada, why });
      const { message } = await question(id);
      expect(world.delivered.filter(({ kind }) => kind === 'update')).to.deep.include.members([
        { ...world.delivered.find(({ kind }) => kind === 'update'), message },
      ]);
      expect(woken(), 'no run waits for it').to.deep.equal([]);
      expect(await waits()).to.deep.equal([]);
      expect((await questionsDue.look(makeReader(world.store), Number.MAX_SAFE_INTEGER)).due).to.deep.equal([]);
      const { late } = await world.does(world.ben, 'answer_question', { question: id, text: 'The old one' });
      expect(late)
        .to.contain(
          `Its task #1 ${why === 'done' ? 'is done: Ada Lindqvist finished it' : 'was dropped by Ada Lindqvist'}`,
        )
        .and.to.contain('Your words are kept in the conversation.');
    });

  it('fires nothing for a question that was answered before its moment', async () => {
    const id = await asks();
    const { dueAt } = await question(id);
    await world.does(world.ben, 'answer_question', { question: id, text: 'Old' });
    const { due } = await questionsDue.look(makeReader(world.store), dueAt);
    expect(due).to.deep.equal([]);
    const late = { pod: world.pod, action: 'question_due', input: { question: id, due: dueAt }, key: 'late' };
    const refused = await world.act({ actor: 'skein', via: 'skein', ...late }).catch((error: Error) => error.message);
    expect(refused).to.equal('Nothing about q1 is due any more.');
  });

  it('asks the owners without the owner who asks, and reminds nobody of a question of their own', async () => {
    await world.does(world.ada, 'change_role', { who: 'ben', role: 'owner' });
    const ask = { to: ['owners'], question: 'Which hall?', conversation };
    const { question: made } = await world.does(world.ada, 'ask', ask);
    expect(made.to).to.deep.equal(['Ben Okafor']);
    await time(made.id);
    expect(await brought()).to.deep.equal([['reminder', 'owners']]);
    expect(
      (await toldBy(world, [world.ada, world.ben], world.clock.now + 24 * HOUR)).map(({ notice }) => notice.person),
    ).to.deep.equal([world.ben]);
    await world.does(world.ada, 'change_role', { who: 'ben', role: 'member' });
    const alone = await refusal(world.does(world.ada, 'ask', ask));
    expect(alone.message).to.equal('This pod has no other owner who could be asked. Name a member.');
  });
});
