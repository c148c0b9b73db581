import { expect } from 'chai';
import fc from 'fast-check';
import { UserFacingError } from '../../src/errors.ts';
import { LOG_SPECS } from '../../src/log/fold.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import { NOTES } from '../../src/pods/notes/note.ts';
import { type MemoryData, memoryData, memoryStore } from '../store/memory.ts';
import { aWorld, openStore, type World } from './build.ts';

/** A step picks by number from the things made so far. */
interface Step {
  who: number;
  what: number;
  which: number;
  word: string;
}

const aStep: fc.Arbitrary<Step> = fc.record({
  who: fc.nat(4),
  what: fc.nat(18),
  which: fc.nat(5),
  word: fc.constantFrom('crates', '@scribe look', 'boxes @ben', 'stop', '`code`', 'Bücher'),
});

const pick = (list: readonly string[], n: number) => list[n % list.length] ?? 'none';

async function take(world: World, made: Record<string, string[]>, { who, what, which, word }: Step): Promise<void> {
  const actor = [world.ada, world.ben, world.scribe, world.gil, world.ada][who] ?? world.ada;
  const conversation = pick(made.conversation ?? [], which);
  const message = pick(made.message ?? [], which);
  const task = `#${which + 1}`;
  const name = `${pick(['a', 'b'], which)}.md`;
  const every = Object.values(made).flat();
  const steps: [string, object][] = [
    ['start_conversation', { title: word, text: word }],
    ['post_message', { conversation, text: word }],
    ['edit_message', { message, text: word }],
    ['delete_message', { message }],
    ['create_task', { title: word, text: word, assignee: 'ben' }],
    ['update_task', { task, text: word, due: null }],
    ['assign_task', { task, assignee: 'scribe' }],
    ['start_task', { task }],
    ['complete_task', { task, note: word }],
    ['reopen_task', { task }],
    ['put_file', { name, text: word, base: which }],
    ['put_file', { name, text: word }],
    ['record_decision', { decision: word }],
    ['record_learning', { learning: word, conversation }],
    ['redact', { what: pick(every, which * 7), reason: 'private' }],
    ['remove_member', { who: 'gil' }],
    ['add_member', { who: 'gil', role: 'guest' }],
    ['update_pod', { purpose: word, default_agent: 'scribe' }],
    ['archive_pod', { restore: which % 2 === 0 }],
  ];
  const [action, input] = steps[what] ?? ['read_pod', {}];
  try {
    const result: Record<string, { id?: string }> = await world.does(actor, action, input);
    for (const [kind, thing] of Object.entries(result)) if (thing.id) made[kind] = [...(made[kind] ?? []), thing.id];
  } catch (error) {
    // A refusal is a valid outcome; any other error is a bug.
    if (!(error instanceof UserFacingError)) throw error;
  }
}

function shown(data: MemoryData) {
  const views = [...data.docs].filter(([name]) => name !== 'commits');
  const bare = ({ rev: _rev, ...doc }: { id: string; rev: number }) => doc;
  return {
    views: views.map(([name, docs]) => [name, [...docs.values()].map(bare).sort((a, b) => (a.id < b.id ? -1 : 1))]),
    postings: [...data.postings.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

describe('rebuild', () => {
  it('makes the same views again after any history of actions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aStep, { minLength: 5, maxLength: 40 }), async (steps) => {
        const data = memoryData();
        const world = await aWorld({ store: openStore(data) });
        const made: Record<string, string[]> = {};
        for (const step of steps) await take(world, made, step);
        const before = structuredClone(shown(data));
        const delivered = world.delivered.length;
        expect(await rebuild(world.fold, world.pod)).to.equal((await world.commits()).length);
        expect(await rebuild(world.fold, 'org')).to.equal((await world.commits('org')).length);
        expect(shown(data)).to.deep.equal(before);
        expect(world.delivered).to.have.length(delivered);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out what was erased since', async () => {
    const data = memoryData();
    const world = await aWorld({ store: openStore(data) });
    const { note } = await world.does(world.ada, 'record_learning', { learning: 'secret crates' });
    await world.does(world.ada, 'redact', { what: note.id, reason: 'private' });
    const erase = world.delivered.find((one) => one.kind === 'erase');
    await world.store.bodies.remove(erase?.kind === 'erase' ? erase.bodies : []);
    await rebuild(world.fold, world.pod);
    expect(data.postings.get(note.id)).to.include({ text: '' });
    expect([...data.bodies.values()].map((body) => body.text)).not.to.include('secret crates');
    expect(await world.doc(NOTES, note.id)).to.have.property('erased');
  });

  it('never empties the search while it goes on, and drops what no commit made', async () => {
    const data = memoryData();
    const world = await aWorld({ store: openStore(data) });
    const stranger = { id: 'n_stranger', pod: world.pod, seq: 1, kind: 'note', text: 'crates', at: 0, rank: 0 };
    const { note } = await world.does(world.ada, 'record_learning', { learning: 'crates are blue' });
    data.postings.set(stranger.id, stranger);
    const found = async () => (await world.store.search.query(world.pod, 'crates', 9)).map(({ id }) => id);
    let looked = 0;
    const step = async () => {
      looked++;
      expect(await found()).to.include(note.id);
    };
    await rebuild({ ...world.fold, store: memoryStore([...LOG_SPECS, ...VIEW_SPECS], { data, step }) }, world.pod);
    expect(looked).to.be.greaterThan(5);
    expect(await found()).to.deep.equal([note.id]);
  });
});
