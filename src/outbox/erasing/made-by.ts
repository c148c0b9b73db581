// Finds what agents made in the sessions that held an erased text. Reads the commits of those sessions alone, never all
// of a pod.
import { holdingsOf, keyOf } from '../../agents/news/held.ts';
import { pastEpochs } from '../../agents/sessions/past-epochs.ts';
import { type SessionDoc, type TurnDoc, turnsOf } from '../../agents/sessions/session.ts';
import { type BodyRef, isBodyRef } from '../../log/body.ts';
import type { Commit } from '../../log/commit.ts';
import type { AnyChange } from '../../log/view.ts';
import { MESSAGES, type MessageDoc } from '../../pods/conversations/message.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import type { ErasedFrom } from '../../pods/erasing/wishes.ts';
import type { Store } from '../../store/port.ts';
import { ESCAPES, type TakeOut } from './passages.ts';
import { SKEW_MS, sessionsThatMayHold } from './sessions.ts';
import { isOf, naming, type TookIn, takenIn } from './taken-in.ts';

type Erase = DeliveryOf<'erase'>;

/** A document that an agent made or changed, with the texts and contents that it wrote there. */
export interface Made {
  on: string;
  id: string;
  pod: string;
  bodies: BodyRef[];
  /** The versions of a file, with the hashes of their contents. */
  versions: { version: number; hash: string }[];
  /** Set if a run made it that had taken the text in. */
  directly?: true;
}

/** A session that held the text. */
export interface Holder extends Pick<SessionDoc, 'id' | 'pod' | 'conversation' | 'agent'> {
  /** The runs that took the text in. Absent in an erasure that began before they were kept. */
  took?: TookIn;
  /** Those of the epochs before. */
  earlier?: TookIn[];
}

/** Returns the sessions that held the text: they took part where it was said, hold its document, or repeat its words. */
export async function holdersOf(store: Store, delivery: Erase, from: ErasedFrom, takeOut: TakeOut): Promise<Holder[]> {
  const holders: Holder[] = [];
  const woken = await wokenBy(store, delivery);
  for (const session of await sessionsThatMayHold(store, delivery)) {
    const turns = await turnsOf(store, session.id, session.epoch);
    const held = holdingsOf(session, turns).has(keyOf({ kind: from.on, id: from.id }));
    const repeats = await repeating(turns, takeOut);
    const { id, pod, conversation, agent } = session;
    const past = await pastEpochs(store, id, session.epoch);
    const earlier = past.map(({ epoch, turns: of }) =>
      takenIn({ ...session, epoch }, of, { delivery, from, woken, repeats: naming(of, from.id) }),
    );
    const had = earlier.filter(({ runs }) => runs.length > 0);
    if (session.conversation !== from.conversation && !held && !repeats.length && !had.length) continue;
    const took = takenIn(session, turns, { delivery, from, woken, repeats });
    holders.push({ id, pod, conversation, agent, took, ...(had.length ? { earlier: had } : {}) });
  }
  return holders;
}

/** Returns the first turn that repeats the words; none if no turn does. */
async function repeating(turns: readonly TurnDoc[], takeOut: TakeOut): Promise<TurnDoc[]> {
  for (const turn of turns) if ((await takeOut(turn.content.replace(ESCAPES, ' '))) !== undefined) return [turn];
  return [];
}

/** Returns the ids of the runs that the commit with the words woke. */
async function wokenBy(store: Store, { pod, posted }: Erase): Promise<string[]> {
  if (posted === undefined) return [];
  const [commit] = await store.collection<Commit>('commits').find({ where: { pod, seq: posted }, limit: 1 });
  return (commit?.deliveries ?? []).flatMap(({ kind, id }) => (kind === 'wake' ? [id] : []));
}

/** Returns what the sessions made since the text was there, by document. */
export async function madeBy(store: Store, sessions: readonly Holder[], delivery: Erase): Promise<Made[]> {
  const made = new Map<string, Made>();
  for (const session of sessions) {
    for (const commit of await commitsOf(store, session, delivery))
      for (const change of commit.changes) {
        const one = at(made, { on: change.on, id: change.id, pod: commit.pod });
        one.bodies.push(...refsIn(writtenIn(change)));
        if (tookOf(session).some((took) => isOf(took, session.id, commit.key))) one.directly = true;
        const { type, file, version, hash } = change as {
          type: string;
          file?: string;
          version?: number;
          hash?: string;
        };
        if (type === 'version_put' && file && version && hash)
          at(made, { on: 'files', id: file, pod: commit.pod }).versions.push({ version, hash });
      }
    for (const { id, pod, body } of await saidIn(store, session, delivery))
      if (body) at(made, { on: MESSAGES.name, id, pod }).bodies.push(body);
    for (const { id, pod } of await answersOf(store, session)) at(made, { on: MESSAGES.name, id, pod }).directly = true;
  }
  return [...made.values()];
}

function at(made: Map<string, Made>, { on, id, pod }: Pick<Made, 'on' | 'id' | 'pod'>): Made {
  const key = `${on} ${id}`;
  const one = made.get(key) ?? { on, id, pod, bodies: [], versions: [] };
  made.set(key, one);
  return one;
}

function tookOf({ took, earlier = [] }: Holder): TookIn[] {
  return took ? [...earlier, took] : earlier;
}

/** The commits of a session's calls: their keys begin with its id. */
async function commitsOf(store: Store, { id, pod }: Holder, delivery: Erase): Promise<Commit[]> {
  const commits = store.collection<Commit>('commits');
  const found: Commit[] = [];
  for (const one of new Set([pod, delivery.pod]))
    found.push(...(await commits.find({ where: { pod: one, key: { gt: `${id}:`, lt: `${id};` } } })));
  return found.filter((commit) => isSince(commit, delivery));
}

/** The messages that the agent posted in its own conversation. */
async function saidIn(store: Store, session: Holder, delivery: Erase): Promise<MessageDoc[]> {
  const { conversation, agent: by } = session;
  const after = session.pod === delivery.pod ? (delivery.posted ?? 0) : 0;
  const where = { conversation, by, posted: { gt: after } };
  const said = await store.collection<MessageDoc>(MESSAGES.name).find({ where });
  return said.filter(({ at: written }) => after > 0 || written >= delivery.since - SKEW_MS);
}

/** The answers of the runs that had taken the text in: the keys of their commits begin with the run's id. */
async function answersOf(store: Store, session: Holder): Promise<Pick<Made, 'id' | 'pod'>[]> {
  const { pod } = session;
  const commits = store.collection<Commit>('commits');
  const found: Commit[] = [];
  for (const run of new Set(tookOf(session).flatMap(({ runs }) => runs.map((one) => one.run))))
    found.push(...(await commits.find({ where: { pod, key: { gt: `${run}:`, lt: `${run};` } } })));
  return found.flatMap(({ changes }) =>
    changes.flatMap(({ on, id, type }) => (on === MESSAGES.name && type === 'message_posted' ? [{ id, pod }] : [])),
  );
}

function isSince({ pod, seq, at: made }: Commit, { pod: erasedIn, posted, since }: Erase): boolean {
  return pod === erasedIn && posted !== undefined ? seq > posted : made >= since - SKEW_MS;
}

/** A further version of a file refers to the name that the file has, which somebody else may have written. */
function writtenIn(change: AnyChange): object {
  const { nameRef: _name, ...rest } = change as AnyChange & { nameRef?: BodyRef; version?: number };
  return (rest.version ?? 1) > 1 ? rest : change;
}

function refsIn(value: unknown): BodyRef[] {
  if (isBodyRef(value)) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(refsIn);
}
