// A notice that comes to somebody in another person's place says once who was meant, why it comes, and what to do.
import { expect } from 'chai';
import { NO_LINKS } from '../../src/digest/facts.ts';
import type { PersonId } from '../../src/log/participant.ts';
import { makeReader } from '../../src/log/read.ts';
import { noticeWords } from '../../src/outbox/notices/notice-words.ts';
import { NEEDS, type NeedDoc } from '../../src/pods/needs/need.ts';
import { aWorld, type World } from '../pods/build.ts';
import { texts } from '../texts/words.ts';

describe('a notice for somebody else', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ben, 'set_away', { until: '2026-11-09', deputy: 'gil' });
  });

  const lines = async (who: PersonId | 'owners', absent?: PersonId): Promise<string[]> => {
    const where = { who, state: 'open' as const };
    const items = await world.store.collection<NeedDoc>(NEEDS.name).find({ where, sort: [['at', 'asc']] });
    const deps = { read: makeReader(world.store), texts, links: NO_LINKS, zone: 'UTC', clock: () => world.clock.now };
    const all = await Promise.all(
      items.map(({ id, pod }) => noticeWords(deps, { items: [{ need: id, pod, for: absent }] })),
    );
    return all.flatMap((one) => one.lines);
  };

  it('names whom it was for to the deputy, until when they are away, and what can be done', async () => {
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Hall', text: '@ben which?' });
    await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben', due: '2026-11-05' });
    const ask = { to: ['ben'], question: 'Which hall?', options: ['Old', 'New'], conversation: conversation.id };
    await world.does(world.scribe, 'ask', ask);
    const away = 'Ben Okafor is away until Mon 9 Nov 2026, and you stand in for them:';
    expect(await lines(world.ben, world.ben)).to.deep.equal([
      `**Ada Lindqvist** asks for **Ben Okafor** in Launch: “@ben which?” ${away} your answer in that thread counts as theirs.`,
      `**Ada Lindqvist** gave **Ben Okafor** #1 “Order boxes” in Launch, due Thu 5 Nov. ${away} do it for them, or give it to somebody.`,
      `**Scribe** asks **Ben Okafor** in Launch, q1: “Which hall?” One of: Old / New. ${away} your answer counts as theirs.`,
    ]);
  });

  it('raised several times is one line with the newest words and a count, until it is answered', async () => {
    await world.does(world.ben, 'set_away', { back: true });
    const { conversation } = await world.does(world.ada, 'start_conversation', { title: 'Hall', text: '@ben which?' });
    const says = (who: PersonId, text: string) =>
      world.does(who, 'post_message', { conversation: conversation.id, text });
    const listed = async () => {
      const { result } = await world.acts(world.ben, 'list_waiting');
      return result.waiting.map(({ times }: { times?: number }) => times);
    };
    expect([await lines(world.ben), await listed()]).to.deep.equal([
      ['**Ada Lindqvist** asks for you in Launch: “@ben which?”'],
      [undefined],
    ]);
    await says(world.gil, '@ben and until when?');
    await says(world.ada, '@ben and how many of us?');
    expect(await lines(world.ben)).to.deep.equal([
      '**Ada Lindqvist** asks for you in Launch: “@ben and how many of us?” It is the newest of 3 there that wait for an answer.',
    ]);
    expect(await listed()).to.deep.equal([3]);
    await says(world.ben, 'The old one, until ten, all of us.');
    await says(world.ada, '@ben thanks, and the band?');
    expect(await lines(world.ben)).to.deep.equal([
      '**Ada Lindqvist** asks for you in Launch: “@ben thanks, and the band?”',
    ]);
  });

  it('names whom it was for to the owners, after that person has left', async () => {
    await world.does(world.ben, 'set_away', { back: true });
    await world.does(world.ada, 'start_conversation', { title: 'Hall', text: '@ben which?' });
    await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben', due: '2026-11-05' });
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    expect(await lines('owners')).to.deep.equal([
      '**Ben Okafor** has left Launch and had #1 “Order boxes”, due Thu 5 Nov. Give it to somebody, or finish it.',
      '**Ada Lindqvist** asks for **Ben Okafor** in Launch: “@ben which?” Ben Okafor has left Launch, so it comes to its owners. One of you answers in that thread, and it is settled for all.',
    ]);
  });
});
