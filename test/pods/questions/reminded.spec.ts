// A reminder of a question, and a question that passes to somebody else, are told like all that waits for a person: in
// their own hours, within the day's number, to their deputy, on the surface on which they can be reached.
import { expect } from 'chai';
import type { PersonId } from '../../../src/log/participant.ts';
import { makeReader } from '../../../src/log/read.ts';
import { NEEDS, needId } from '../../../src/pods/needs/need.ts';
import { questionsDue } from '../../../src/pods/questions/due/due.ts';
import { QUESTIONS, type QuestionDoc } from '../../../src/pods/questions/question.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aWorld, type World } from '../build.ts';
import { carried, toldBy } from '../preferences/build.ts';

const HOUR = 3_600_000;

describe('whoever is reminded of a question', () => {
  let world: World;
  let conversation: string;
  beforeEach(async () => {
    world = await aWorld();
    // A Friday, 9:00 in UTC.
    world.clock.now = Date.UTC(2026, 10, 6, 9, 0);
    conversation = (await world.does(world.ada, 'start_conversation', { title: 'Hall', text: 'Which?' })).conversation
      .id;
  });

  const asks = async (more: object = {}): Promise<string> =>
    (await world.does(world.scribe, 'ask', { to: ['ben'], question: 'Which hall?', conversation, ...more })).question
      .id;
  const question = async (id: string) => (await world.doc(QUESTIONS, id)) as QuestionDoc;
  const time = async (id: string): Promise<void> => {
    world.clock.now = (await question(id)).dueAt;
    const { due } = await questionsDue.look(makeReader(world.store), world.clock.now);
    for (const one of due) await world.act({ actor: 'skein', via: 'skein', ...one });
  };
  const told = async (people: PersonId[], hours = 200) =>
    (await toldBy(world, people, world.clock.now + hours * HOUR)).map(({ at, notice: { person, through } }) => ({
      at,
      person,
      through,
    }));

  it('is told in a message of their own log that counts for the day', async () => {
    const id = await asks();
    await told([world.ben], 1);
    await time(id);
    const [reminder, ...more] = await told([world.ben], 20);
    expect(more).to.deep.equal([]);
    expect(reminder).to.include({ person: world.ben, through: 'slack' });
    const at = new Date(reminder?.at ?? 0);
    expect(at.getUTCHours()).to.be.within(8, 18);
    expect(await world.doc(TELLINGS, world.ben)).to.include({ sent: 1, day: at.toISOString().slice(0, 10) });
    expect(await world.doc(NEEDS, needId(world.pod, world.ben, { on: 'questions', id }))).to.include({
      ...{ by: world.scribe, again: true, count: 2 },
    });
  });

  it('and is away is not: their deputy is', async () => {
    const id = await asks();
    await told([world.ben], 1);
    await world.does(world.ben, 'set_away', { until: '2026-11-20', deputy: 'gil' });
    expect((await told([world.ben, world.gil], 1)).map(({ person }) => person)).to.deep.equal([]);
    await time(id);
    expect((await told([world.ben, world.gil], 24)).map(({ person }) => person)).to.deep.equal([world.gil]);
  });

  it('and has put it off is not, before the time that they said', async () => {
    const id = await asks();
    await told([world.ben], 1);
    const item = needId(world.pod, world.ben, { on: 'questions', id });
    await world.does(world.ben, 'snooze_item', { item, until: '2026-11-12' });
    await carried(world);
    await time(id);
    expect(await told([world.ben], 24)).to.deep.equal([]);
  });

  it('and the one to whom it passes, is not written to at night', async () => {
    await world.does(world.gil, 'set_hours', { from: '14:00', until: '15:00', time_zone: 'UTC' });
    const id = await asks({ fallback: 'gil' });
    await told([world.ben], 1);
    await time(id);
    await told([world.ben], 1);
    await time(id);
    expect((await question(id)).passed?.[0]).to.include({ to: world.gil, why: 'silent' });
    const all = await told([world.ben, world.gil]);
    // Ben hears that Gil is asked too.
    expect(all.map(({ person }) => person)).to.have.members([world.ben, world.gil]);
    const hourOf = (who: PersonId) => new Date(all.find(({ person }) => person === who)?.at ?? 0).getUTCHours();
    expect(hourOf(world.gil)).to.equal(14);
    expect(hourOf(world.ben)).to.be.within(8, 18);
  });

  it('is asked in place of somebody who is away and named nobody, and the question says so', async () => {
    const id = await asks({ fallback: 'gil' });
    await world.does(world.ben, 'set_away', { until: '2026-11-20' });
    await time(id);
    expect((await question(id)).passed?.[0]).to.include({ to: world.gil, why: 'away' });
  });

  it('is the fallback at once when the person asked leaves, and not whoever asks or has answered', async () => {
    const first = await asks({ fallback: 'gil' });
    await world.does(world.ada, 'remove_member', { who: 'ben' });
    expect(await question(first)).to.deep.include({ state: 'open', asked: [world.gil] });
    expect((await question(first)).passed?.[0]).to.deep.include({ from: [world.ben], to: world.gil, why: 'left' });
    expect((await told([world.ben, world.gil], 24)).map(({ person }) => person)).to.deep.equal([world.gil]);
    await world.does(world.gil, 'answer_question', { question: first, text: 'The old one' });
    expect((await question(first)).state).to.equal('answered');
  });
});
