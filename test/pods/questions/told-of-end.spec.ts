// By when an answer is needed, what silence means, and what everybody who was asked reads when a question passes on or ends.
import { expect } from 'chai';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { noticeWords } from '../../../src/outbox/notices/notice-words.ts';
import { NEEDS, type NeedDoc, needId } from '../../../src/pods/needs/need.ts';
import { QUESTIONS } from '../../../src/pods/questions/question.ts';
import { texts } from '../../texts/words.ts';
import { aWorld, type World } from '../build.ts';

describe('everybody who is asked', () => {
  let world: World;
  let conversation: string;
  let zoe: PersonId;
  beforeEach(async () => {
    world = await aWorld();
    zoe = world.zoe;
    await world.does(world.ada, 'add_member', { who: 'zoe' });
    const started = await world.does(world.ada, 'start_conversation', { title: 'Hall', text: '@scribe find a hall' });
    conversation = started.conversation.id;
  });

  const asks = async (more: object): Promise<string> => {
    const ask = { to: ['ben'], question: 'Which day?', options: ['Monday', 'Tuesday'], conversation, ...more };
    return (await world.does(world.scribe, 'ask', ask, { conversation })).question.id;
  };
  const itemOf = (who: PersonId, id: string): Promise<NeedDoc | undefined> =>
    world.doc(NEEDS, needId(world.pod, who, { on: 'questions', id }));
  const reads = async (who: PersonId, id: string, zone = 'UTC'): Promise<string[]> => {
    const need = needId(world.pod, who, { on: 'questions', id });
    const deps = { read: makeReader(world.store), texts, links: NO_LINKS, zone, clock: () => world.clock.now };
    return (await noticeWords(deps, { items: [{ need, pod: world.pod }] })).lines;
  };
  const dueOnce = async (id: string) => {
    const doc = await world.doc(QUESTIONS, id);
    const due = doc?.dueAt ?? 0;
    world.clock.now = Math.max(world.clock.now, due);
    await world.act({
      ...{ pod: world.pod, actor: 'skein', via: 'skein', action: 'question_due', input: { question: id, due } },
      key: `due:${id}:${due}`,
    });
  };
  const untilOver = async (id: string) => {
    for (let n = 0; n < 6 && (await world.doc(QUESTIONS, id))?.state === 'open'; n++) await dueOnce(id);
  };

  const ASKED = '**Scribe** asks you in Launch, q1: “Which day?” One of: Monday / Tuesday.';

  it('reads by when, in their own zone, and what silence means', async () => {
    const id = await asks({ needed_by: '4h', otherwise: 'Monday' });
    const silence = 'If nobody answers by then, Scribe goes on with: Monday.';
    expect(await reads(world.ben, id)).to.deep.equal([`${ASKED} Needed by today, Mon 2 Nov, 13:11. ${silence}`]);
    expect(await reads(world.ben, id, 'Pacific/Auckland')).to.deep.equal([
      `${ASKED} Needed by tomorrow, Tue 3 Nov, 02:11. ${silence}`,
    ]);
  });

  it('reads that the asker goes on without an answer, if silence takes no option', async () => {
    const id = await asks({ needed_by: '2026-11-05T09:00' });
    expect(await reads(world.ben, id)).to.deep.equal([
      `${ASKED} Needed by Thu 5 Nov, 09:00. If nobody answers by then, Scribe goes on without an answer.`,
    ]);
    expect((await reads(world.ben, await asks({}))).join()).not.to.include('Needed by');
  });

  it('reads once that somebody else is asked too, and may still answer', async () => {
    const id = await asks({ needed_by: '4h', fallback: 'zoe' });
    const { round } = (await itemOf(world.ben, id)) as NeedDoc;
    await dueOnce(id);
    const [line = ''] = await reads(world.ben, id);
    expect(line).to.match(
      /^q1 in Launch has no answer yet, so \*\*Zoe Marsh\*\* is asked too\. \*\*Scribe\*\* asked you: “Which day\?” One of: Monday \/ Tuesday\. You can still answer\. Needed by/,
    );
    expect((await reads(zoe, id))[0]).to.match(
      /^There is no answer yet, so q1 in Launch comes to you\. \*\*Scribe\*\* asks:/,
    );
    const item = await itemOf(world.ben, id);
    expect(item).to.include({ state: 'open', reason: 'asked', again: true });
    expect(item?.round).to.be.greaterThan(round);
  });

  it('reads once how it ended and what comes of it, as news that asks for nothing', async () => {
    const id = await asks({ needed_by: '4h', fallback: 'zoe', otherwise: 'Monday' });
    await untilOver(id);
    for (const who of [world.ben, zoe]) {
      expect(await reads(who, id)).to.deep.equal([
        'Nobody answered q1 in Launch in time: “Which day?” **Scribe** goes on with: Monday. If that is wrong, say so in the thread.',
      ]);
      expect(await itemOf(who, id)).to.include({ state: 'news', reason: 'expired' });
      const { waiting } = await world.does(who, 'list_waiting');
      expect(waiting).to.deep.equal([]);
    }
  });

  it('reads it also if they had answered, and more answers were wanted', async () => {
    const id = await asks({ to: ['ben', 'zoe'], needed_by: '4h', answers: 2 });
    await world.does(world.ben, 'answer_question', { question: 'q1', choice: 'Monday' });
    await untilOver(id);
    for (const who of [world.ben, zoe])
      expect(await reads(who, id)).to.deep.equal([
        'q1 in Launch ended with 1 of 2 answers: “Which day?” **Scribe** goes on with what there is.',
      ]);
  });

  it('is told it as one of the owners, where the owners were asked', async () => {
    const id = await asks({ to: ['owners'], needed_by: '4h' });
    await untilOver(id);
    const need = needId(world.pod, 'owners', { on: 'questions', id });
    expect(await world.doc(NEEDS, need)).to.include({ state: 'news', reason: 'expired' });
    world.delivered.length = 0;
    const act = { pod: world.pod, actor: 'skein', via: 'skein', action: 'hear_owners', key: 'hear' } as const;
    await world.act({ ...act, input: { need } });
    expect(world.delivered).to.have.length(1);
    expect(world.delivered[0]).to.include({ kind: 'act', in: world.ada, action: 'hear' });
  });

  it('reads one thing only if the task is theirs, as Skein does not tell them to ask themselves', async () => {
    await world.does(world.ada, 'create_task', { title: 'Hall', assignee: 'ben' });
    const id = await asks({ needed_by: '4h', task: '#1' });
    await untilOver(id);
    expect(await reads(world.ben, id)).to.deep.equal([
      'Nobody answered q1 in Launch in time: “Which day?” It belongs to a task of yours: go on without an answer, or ask somebody else.',
    ]);
    const items = await world.store.collection<NeedDoc>('needs').find({ where: { who: world.ben } });
    expect(items.filter(({ reason }) => reason === 'answered')).to.deep.equal([]);
  });
});
