// The card of a run in its thread: placed only where the run is long, once, and shown anew a few times a minute.
import { expect } from 'chai';
import type { ModelTurn } from '../../../src/agents/model/model.ts';
import type { Cards } from '../../../src/agents/runs/deps.ts';
import { MESSAGES, type MessageDoc } from '../../../src/pods/conversations/message.ts';
import { doingWords } from '../../../src/pods/runs/doing-words.ts';
import { anOffice, calls, type Line, newestIn, says } from '../office.ts';

async function aWatchedOffice() {
  const office = await anOffice();
  const { world } = office;
  const shown: string[] = [];
  const cards: Cards = {
    async changed({ card }) {
      if (card) shown.push(card);
    },
  };
  const place = { kind: 'slack', team: 'T1', channel: 'C1', thread: '1.1' } as const;
  const conversations = world.store.collection<{ id: string; rev: number }>('conversations');
  const doc = await conversations.get(office.conversation);
  if (doc) await conversations.replace({ ...doc, place } as typeof doc, doc.rev);
  const later =
    (ms: number, turn: Partial<ModelTurn>): Line =>
    () => {
      world.clock.now += ms;
      return turn;
    };
  const posted = async () =>
    (await world.store.collection<MessageDoc>(MESSAGES.name).find({ where: {} })).filter(({ card }) => card);
  return { office, world, shown, later, posted, by: office.process({ cards }) };
}

describe('the card of a run', () => {
  it('is not there for a run that is short', async () => {
    const { office, world, posted, by } = await aWatchedOffice();
    office.script.push(calls(['list_tasks', {}]));
    await office.hears(world.ada, '@scribe look', by);
    expect(await posted()).to.deep.equal([]);
  });

  it('comes after twenty seconds, once, and is shown anew at most each fifteen seconds and at the end', async () => {
    const { office, world, posted, later, shown, by } = await aWatchedOffice();
    const looks = calls(['list_tasks', {}]);
    office.script.push(later(21_000, looks), later(1_000, calls(['read_pod', {}])), later(16_000, looks));
    await office.hears(world.ada, '@scribe look', by);
    const [card, ...others] = await posted();
    expect(others).to.deep.equal([]);
    expect([card?.by, card?.card?.agent]).to.deep.equal(['skein', world.scribe]);
    expect(shown).to.deep.equal([card?.id, card?.id]);
    expect((await office.runs())[0]?.card).to.equal(card?.id);
    expect(office.asked.map(newestIn).join('\n'), 'the agent reads nothing of it').not.to.include('is at work here');
  });

  it('says that a person paused it, and no further message does; whoever paused is named when another lets it go on', async () => {
    const { office, world, posted, later, by } = await aWatchedOffice();
    const { conversation } = office;
    const lines = async () => (await office.thread()).filter((line) => /paused|go on/.test(line));
    office.script.push(later(21_000, calls(['list_tasks', {}])), async () => {
      await world.does(world.ben, 'pause_run', { conversation });
      return calls(['create_task', { title: 'One' }]);
    });
    await office.hears(world.ada, '@scribe look', by);
    const [card] = await posted();
    expect(await lines()).to.deep.equal([]);
    world.delivered.length = 0;
    const waits = async () => (await world.does(world.ada, 'list_runs', { state: 'live' })).runs[0];
    expect(await waits()).not.to.have.property('messages_wait');
    await world.does(world.ada, 'post_message', { conversation, text: 'and the red one' });
    await world.does(world.ben, 'post_message', { conversation, text: 'thanks' });
    await world.does(world.ben, 'post_message', { conversation, text: '@scribe and the blue one' });
    expect((await waits()).messages_wait).to.equal(2);
    expect(doingWords(await waits()).does).to.include('paused by Ben Okafor; 2 messages wait until it goes on');
    expect(world.delivered.filter((one) => one.kind === 'update' && one.message === card?.id)).to.have.length(2);
    world.delivered.length = 0;
    await world.does(world.ada, 'resume_run', { conversation });
    expect(await lines()).to.deep.equal(['Skein: Ada Lindqvist let Scribe go on. @ben: you had paused it.']);
    const updates = world.delivered.flatMap((one) => (one.kind === 'update' ? [one.message] : []));
    expect(updates).to.deep.equal([card?.id]);
    office.script.push(says('Done.'));
    await office.carry(
      world.delivered.filter(({ kind }) => kind === 'wake'),
      by,
    );
    expect((await office.runs())[0]?.state).to.equal('ended');
  });
});
