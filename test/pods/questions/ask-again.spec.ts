// Nobody answers: agents that ask again and again come to an end, and whoever asked as a person reads it plainly.
import { expect } from 'chai';
import { NO_LINKS } from '../../../src/digest/facts.ts';
import { makeReader } from '../../../src/log/read.ts';
import { noticeWords } from '../../../src/outbox/notices/notice-words.ts';
import { MOST_WAKES } from '../../../src/pods/conversations/cause.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { questionsDue } from '../../../src/pods/questions/due/due.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { texts } from '../../texts/words.ts';
import { aWorld, type World } from '../build.ts';

describe('a question that nobody answers', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });

  const opens = async (text: string): Promise<string> =>
    (await world.does(world.ada, 'start_conversation', { title: 'Hall', text })).conversation.id;
  const ends = async (id: string): Promise<void> => {
    for (let n = 0; n < 6; n++) {
      const { state, dueAt } = (await world.doc(QUESTIONS, id)) as QuestionDoc;
      if (state !== 'open') return;
      world.clock.now = dueAt;
      const { due } = await questionsDue.look(makeReader(world.store), dueAt);
      for (const one of due) await world.act({ actor: 'skein', via: 'skein', ...one });
    }
  };
  const itemOf = (who: World['ada'], conversation: string) =>
    world.doc(NEEDS, needId(world.pod, who, { on: 'conversations', id: conversation }));

  it('wakes its agent as often as one request may, then the person who began it is asked', async () => {
    const conversation = await opens('@scribe find a hall');
    let wakes = 0;
    for (let round = 0; round < MOST_WAKES + 5; round++) {
      world.delivered.length = 0;
      const ask = { to: ['ben'], question: `Which hall, ${round}?`, conversation, needed_by: '1h' };
      const { question } = await world.does(world.scribe, 'ask', ask, { conversation });
      await ends(question.id);
      const woken = world.delivered.filter(({ kind }) => kind === 'wake');
      if (!woken.length) break;
      wakes += woken.length;
    }
    expect(wakes).to.equal(MOST_WAKES);
    expect(await itemOf(world.ada, conversation)).to.include({ state: 'open', reason: 'unwoken', who: world.ada });
    world.delivered.length = 0;
    await world.does(world.ada, 'post_message', { conversation, text: '@scribe go on' });
    expect(world.delivered.some(({ kind }) => kind === 'wake')).to.equal(true);
    expect(await itemOf(world.ada, conversation)).to.include({ state: 'settled' });
  });

  it('is told to the person who asked it as one that nobody answered', async () => {
    const conversation = await opens('About the hall');
    const ask = { to: ['ben'], question: 'Which hall?', conversation, needed_by: '1h' };
    const { question } = await world.does(world.ada, 'ask', ask);
    await ends(question.id);
    const item = await itemOf(world.ada, conversation);
    expect(item).to.include({ state: 'open', reason: 'answered' });
    const read = makeReader(world.store);
    const { lines } = await noticeWords(
      { read, texts, links: NO_LINKS, zone: 'UTC', clock: () => world.clock.now },
      { items: [{ need: item?.id ?? '', pod: world.pod }] },
    );
    expect(lines).to.deep.equal([
      'Nobody answered q1 in Launch in time: “Which hall?” Ask once more, or ask somebody else.',
    ]);
  });
});
