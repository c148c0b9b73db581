// Takes the passages that quote an erased text out of what agents wrote: their answers, notes, tasks, questions and
// files. Only what was made in sessions that held the text is looked at.
import { postingsOf } from '../../log/fold.ts';
import { canonical, sha256 } from '../../log/ids.ts';
import { isPerson } from '../../log/participant.ts';
import type { ViewDoc } from '../../log/view.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { losesPassages } from '../../pods/erasing/take-out-quotes.ts';
import { VERSIONS } from '../../pods/files/file.ts';
import { KINDS } from '../../pods/kinds.ts';
import type { Body, Store } from '../../store/port.ts';
import type { Parts } from '../parts.ts';
import { type Holder, holdersOf, type Made, madeBy } from './made-by.ts';
import { passagesOf, type TakeOut } from './passages.ts';
import { keepPlan, type PlanDoc, plansOf } from './plan.ts';
import { sharesWords } from './taken-in.ts';
import { contentOf, textsOf, wordsOf } from './words.ts';

type Erase = DeliveryOf<'erase'>;
type Deps = Pick<Parts, 'store' | 'read' | 'act'>;

export interface Quotes {
  /** Called before the sessions forget, and again afterwards, while the words are still stored. */
  takeOut(): Promise<void>;
  /** Returns what was made from the words in the sessions that held them, and lost no passage. */
  unquoted(): Promise<Made[]>;
  /**
   * Returns what was made from the words and does not quote them, without taking anything out. `held`: a session held
   * the words.
   */
  found(): Promise<{ made: Made[]; held: boolean }>;
  /** Called once the words are removed. */
  done(): Promise<void>;
}

/** Reads the words that are about to be erased, and finds the sessions that held them. */
export async function quotesOf(deps: Deps, delivery: Erase): Promise<Quotes> {
  const { from, id } = delivery;
  const done = async () => void (from && (await plansOf(deps.store).delete(id)));
  const words = from ? await wordsOf(deps.store, delivery) : [];
  if (!from || !words.length)
    return { takeOut: async () => {}, unquoted: async () => [], found: async () => ({ made: [], held: false }), done };
  const stays = await textsOf(deps.store, from.stays ?? []);
  const takeOut = await passagesOf(words, stays);
  const holders = await recordHolders(deps.store, id, await holdersOf(deps.store, delivery, from, takeOut));
  const besides: Besides = (texts) => passagesOf(words, [...stays, ...texts]);
  return {
    takeOut: () => takeOutOf(deps, delivery, holders, { takeOut, besides }),
    async unquoted() {
      const plan = await plansOf(deps.store).get(id);
      const quoting = new Set(plan?.things.map((thing) => `${thing.on} ${thing.id}`));
      const made = (await madeBy(deps.store, holders, delivery)).filter((one) => !quoting.has(`${one.on} ${one.id}`));
      return madeFrom(deps.store, made, { ...from, texts: words, stays });
    },
    async found() {
      const made: Made[] = [];
      for (const one of await madeBy(deps.store, holders, delivery))
        if (!(await isQuoting(deps.store, one, takeOut))) made.push(one);
      return { made: await madeFrom(deps.store, made, { ...from, texts: words, stays }), held: holders.length > 0 };
    },
    done,
  };
}

async function isQuoting(store: Store, { bodies }: Made, takeOut: TakeOut): Promise<boolean> {
  for (const text of await textsOf(store, bodies)) if ((await takeOut(text)) !== undefined) return true;
  return false;
}

interface Words {
  /** The document that said them. */
  id: string;
  texts: readonly string[];
  /** The words that the document still says. */
  stays: readonly string[];
}

/**
 * A thing was made from the text if a run made it that had taken the text in. What a later run made counts only if it
 * shares words with the text; a later answer never does, because it answers something else.
 */
async function madeFrom(store: Store, made: readonly Made[], words: Words): Promise<Made[]> {
  const found: Made[] = [];
  for (const one of made)
    if (one.id !== words.id && (one.directly || (await shares(store, one, words)))) found.push(one);
  return found;
}

async function shares(store: Store, { on, pod, bodies, versions }: Made, { texts, stays }: Words): Promise<boolean> {
  if (on === MESSAGES.name) return false;
  const contents = await Promise.all(versions.map(({ hash }) => contentOf(store, pod, hash)));
  const said = [...(await textsOf(store, bodies)), ...contents.flatMap((text) => text ?? [])];
  return sharesWords(texts, said.join(' '), stays);
}

/** Returns the sessions, also those that an attempt before a crash has found. Keeps them. */
async function recordHolders(store: Store, id: string, found: readonly Holder[]): Promise<Holder[]> {
  const earlier = (await plansOf(store).get(id))?.holders ?? [];
  const holders = [...earlier, ...found.filter((one) => !earlier.some((other) => other.id === one.id))];
  if (holders.length > earlier.length) await keepPlan(store, id, { holders });
  return holders;
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
  const bodies = quoting.flatMap(({ pod, bodies: refs }) =>
    refs.flatMap((id): Body[] => (cut.has(id) ? [{ id, pod, ...(cut.get(id) as Omit<Body, 'id' | 'pod'>) }] : [])),
  );
  if (bodies.length) await store.bodies.put(bodies);
  if (quoting.length) await post(store, quoting);
  for (const pod of new Set(plan.things.map((thing) => thing.pod))) {
    const things = plan.things.flatMap(({ on, id, pod: where }) => (where === pod ? [{ on, id }] : []));
    const key = `quotes:${delivery.id}:${sha256(canonical(things)).slice(0, 16)}`;
    await act({ pod, actor: 'skein', via: 'skein', action: 'take_out_quotes', input: { things }, key });
  }
}

/** Returns what loses passages, also what an attempt before a crash has found. */
async function planned(store: Store, id: string, quoting: readonly Made[]): Promise<Pick<PlanDoc, 'things'>> {
  const before = await plansOf(store).get(id);
  const found = quoting.flatMap(({ on, id: thing, pod }) => (losesPassages(on) ? [{ on, id: thing, pod }] : []));
  const known = new Set(before?.things.map((thing) => `${thing.on} ${thing.id}`));
  const things = [...(before?.things ?? []), ...found.filter((thing) => !known.has(`${thing.on} ${thing.id}`))];
  if (things.length > (before?.things.length ?? 0)) await keepPlan(store, id, { things });
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
