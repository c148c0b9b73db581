// Takes the passages that quote an erased text out of what agents wrote: their answers, notes, tasks, questions and
// files. Only what was made in sessions that held the text is looked at.
import type { BodyRef } from '../../log/body.ts';
import { postingsOf } from '../../log/fold.ts';
import { canonical, sha256 } from '../../log/ids.ts';
import { isPerson } from '../../log/participant.ts';
import type { ViewDoc } from '../../log/view.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { LOSES_PASSAGES } from '../../pods/erasing/take-out-quotes.ts';
import type { ErasedFrom } from '../../pods/erasing/wishes.ts';
import { VERSIONS } from '../../pods/files/file.ts';
import { textIn } from '../../pods/files/files.ts';
import { KINDS } from '../../pods/kinds.ts';
import type { Body, Collection, CollectionSpec, Doc, Store } from '../../store/port.ts';
import type { Parts } from '../parts.ts';
import { type Holder, holdersOf, type Made, madeBy } from './made-by.ts';
import { passagesOf, type TakeOut } from './passages.ts';
import { sharesWords } from './taken-in.ts';

type Erase = DeliveryOf<'erase'>;
type Deps = Pick<Parts, 'store' | 'read' | 'act'>;
type Thing = { on: (typeof LOSES_PASSAGES)[number]; id: string };

/** The state of an erasure, until it is done: after a crash, the sessions have forgotten what they held. */
interface PlanDoc extends Doc {
  /** The documents that lose passages, so that a repeat tells of the same. */
  things: (Thing & { pod: string })[];
  /** Absent in an erasure that began before they were kept. */
  holders?: Holder[];
}

export const ERASURE_SPEC: CollectionSpec = { name: 'erasures', kind: 'journal', indexes: [] };

export interface Quotes {
  /** Called before the sessions forget, and again afterwards, while the words are still stored. */
  takeOut(): Promise<void>;
  /** Returns what was made from the words in the sessions that held them, and lost no passage. */
  unquoted(): Promise<Made[]>;
  /** Called once the words are removed. */
  done(): Promise<void>;
}

/** Reads the words that are about to be erased, and finds the sessions that held them. */
export async function quotesOf(deps: Deps, delivery: Erase): Promise<Quotes> {
  const { from, id } = delivery;
  const plans = deps.store.collection<PlanDoc>('erasures');
  const done = async () => void (from && (await plans.delete(id)));
  const words = from ? await wordsOf(deps.store, delivery, from) : [];
  if (!from || !words.length) return { takeOut: async () => {}, unquoted: async () => [], done };
  const stays = await textsOf(deps.store, from.stays ?? []);
  const takeOut = await passagesOf(words, stays);
  const holders = await recordHolders(plans, id, await holdersOf(deps.store, delivery, from, takeOut));
  const besides: Besides = (texts) => passagesOf(words, [...stays, ...texts]);
  return {
    takeOut: () => takeOutOf(deps, delivery, holders, { takeOut, besides }),
    unquoted: () => unquoted(deps.store, delivery, holders, words),
    done,
  };
}

/**
 * A thing was made from the text if a run made it that had taken the text in. What a later run made counts only if it
 * shares words with the text; a later answer never does, because it answers something else.
 */
async function unquoted(
  store: Store,
  delivery: Erase,
  holders: readonly Holder[],
  words: readonly string[],
): Promise<Made[]> {
  const plan = await store.collection<PlanDoc>('erasures').get(delivery.id);
  const quoting = new Set(plan?.things.map(({ on, id }) => `${on} ${id}`));
  const made = await madeBy(store, holders, delivery);
  const others = made.filter(({ on, id }) => id !== delivery.from?.id && !quoting.has(`${on} ${id}`));
  const found: Made[] = [];
  for (const one of others) if (one.directly || (await shares(store, one, words))) found.push(one);
  return found;
}

async function shares(store: Store, { on, pod, bodies, versions }: Made, words: readonly string[]): Promise<boolean> {
  if (on === MESSAGES.name) return false;
  const contents = await Promise.all(versions.map(({ hash }) => contentOf(store, pod, hash)));
  const texts = [...(await textsOf(store, bodies)), ...contents.flatMap((text) => text ?? [])];
  return sharesWords(words, texts.join(' '));
}

/** Returns the sessions, also those that an attempt before a crash has found. Keeps them. */
async function recordHolders(plans: Collection<PlanDoc>, id: string, found: readonly Holder[]): Promise<Holder[]> {
  const before = await plans.get(id);
  const earlier = before?.holders ?? [];
  const holders = [...earlier, ...found.filter((one) => !earlier.some((other) => other.id === one.id))];
  if (before && holders.length > earlier.length) await plans.replace({ ...before, holders }, before.rev);
  if (!before && holders.length) await plans.insert([{ id, rev: 1, things: [], holders }]);
  return holders;
}

/** The erased words: the texts, and the content of a file. */
async function wordsOf(store: Store, { pod, blobs }: Erase, from: ErasedFrom): Promise<string[]> {
  const contents = from.on === 'files' ? await Promise.all(blobs.map((hash) => contentOf(store, pod, hash))) : [];
  return [...(await textsOf(store, from.words)), ...contents.filter((text) => text !== undefined)];
}

async function textsOf(store: Store, refs: readonly BodyRef[]): Promise<string[]> {
  return [...(await store.bodies.get(refs)).values()].map(({ text }) => text);
}

/** Returns the content if it is text. */
async function contentOf(store: Store, pod: string, hash: string): Promise<string | undefined> {
  const parts = await store.blobs.open(pod, hash);
  if (!parts) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const part of parts) chunks.push(part);
  return textIn(Buffer.concat(chunks));
}

/** Returns a function that leaves what these texts say too. */
type Besides = (texts: readonly string[]) => Promise<TakeOut>;
type Passages = { takeOut: TakeOut; besides: Besides };

async function takeOutOf(deps: Deps, delivery: Erase, holders: readonly Holder[], passages: Passages): Promise<void> {
  const made = (await madeBy(deps.store, holders, delivery)).filter(({ id }) => id !== delivery.from?.id);
  await takeOutOfBodies(deps, delivery, made, passages.takeOut);
  for (const one of made) if (one.versions.length) await takeOutOfFile(deps, delivery, one, passages);
}

async function takeOutOfBodies({ store, act }: Deps, delivery: Erase, made: readonly Made[], takeOut: TakeOut) {
  const texts = await store.bodies.get([...new Set(made.flatMap(({ bodies }) => bodies))]);
  const cut = new Map<string, Omit<Body, 'id' | 'pod'>>();
  for (const [id, { text, label }] of texts) {
    const left = await takeOut(text);
    if (left !== undefined) cut.set(id, { text: left, ...(label ? { label } : {}) });
  }
  const quoting = made.filter(({ bodies }) => bodies.some((ref) => cut.has(ref)));
  const plan = await planned(store, delivery.id, quoting);
  if (!plan.things.length) return;
  const bodies = quoting.flatMap(({ pod, bodies: refs }) =>
    refs.flatMap((id): Body[] => (cut.has(id) ? [{ id, pod, ...(cut.get(id) as Omit<Body, 'id' | 'pod'>) }] : [])),
  );
  await store.bodies.put(bodies);
  await post(store, quoting);
  for (const pod of new Set(plan.things.map((thing) => thing.pod))) {
    const things = plan.things.flatMap(({ on, id, pod: where }) => (where === pod ? [{ on, id }] : []));
    const key = `quotes:${delivery.id}:${sha256(canonical(things)).slice(0, 16)}`;
    await act({ pod, actor: 'skein', via: 'skein', action: 'take_out_quotes', input: { things }, key });
  }
}

/** Returns what loses passages, also what an attempt before a crash has found. */
async function planned(store: Store, id: string, quoting: readonly Made[]): Promise<Pick<PlanDoc, 'things'>> {
  const plans = store.collection<PlanDoc>('erasures');
  const before = await plans.get(id);
  const loses = (on: string): on is Thing['on'] => (LOSES_PASSAGES as readonly string[]).includes(on);
  const found = quoting.flatMap(({ on, id: thing, pod }) => (loses(on) ? [{ on, id: thing, pod }] : []));
  const known = new Set(before?.things.map((thing) => `${thing.on} ${thing.id}`));
  const things = [...(before?.things ?? []), ...found.filter((thing) => !known.has(`${thing.on} ${thing.id}`))];
  if (before && things.length > before.things.length) await plans.replace({ ...before, things }, before.rev);
  if (!before && things.length) await plans.insert([{ id, rev: 1, things }]);
  return { things };
}

/** Writes the search postings anew: their texts have changed, although their references have not. */
async function post(store: Store, quoting: readonly Made[]): Promise<void> {
  const folded = await Promise.all(
    quoting.map(async ({ on, id }) => {
      const doc = KINDS.has(on) ? await store.collection<ViewDoc>(on).get(id) : undefined;
      return doc ? [{ view: on, doc }] : [];
    }),
  );
  const { put, remove } = await postingsOf({ store, kinds: KINDS }, folded.flat());
  if (put.length) await store.search.put(put);
  if (remove.length) await store.search.remove(remove);
}

/**
 * A file by an agent gets a version without the passages; the versions that have them are erased. What a person wrote in
 * the file stays.
 */
async function takeOutOfFile(deps: Deps, delivery: Erase, { id, pod, versions }: Made, passages: Passages) {
  const { store, act } = deps;
  const quoting: { version: number; left: string }[] = [];
  for (const { version, hash } of versions) {
    const text = await contentOf(store, pod, hash);
    if (text === undefined || (await passages.takeOut(text)) === undefined) continue;
    const takeOut = await passages.besides(await textsOfPeople(deps, id));
    const left = await takeOut(text);
    if (left !== undefined) quoting.push({ version, left });
  }
  const newest = quoting.sort((a, b) => a.version - b.version).at(-1);
  if (!newest) return;
  const file = { id, text: newest.left, versions: quoting.map(({ version }) => version) };
  const key = `quotes:${delivery.id}:${id}:${file.versions.join(',')}`;
  await act({ pod, actor: 'skein', via: 'skein', action: 'take_out_quotes', input: { file }, key });
}

/** The versions of the file that people wrote. */
async function textsOfPeople({ store, read }: Deps, file: string): Promise<string[]> {
  const versions = await read.find(VERSIONS, { where: { file }, sort: [['version', 'asc']] });
  const theirs = versions.filter(({ by, erased }) => isPerson(by) && !erased);
  const texts = await Promise.all(theirs.map(({ pod, hash }) => contentOf(store, pod, hash)));
  return texts.filter((text) => text !== undefined);
}
