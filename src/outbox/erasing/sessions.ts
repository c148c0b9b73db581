// Finds the sessions whose transcripts may hold erased words, and makes them forget.
import { carriedFrom, forget } from '../../agents/sessions/open-session.ts';
import { outcomesOf } from '../../agents/sessions/outcomes.ts';
import { pastEpochs } from '../../agents/sessions/past-epochs.ts';
import { changeSession, type SessionDoc, sessionId, type TurnDoc, turnsOf } from '../../agents/sessions/session.ts';
import type { BodyRef } from '../../log/body.ts';
import { isPerson } from '../../log/participant.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { MEMBERS, type MemberDoc } from '../../pods/members/member.ts';
import { PERMITS, type PermitDoc } from '../../pods/permits/permit.ts';
import { PODS, type PodDoc } from '../../pods/pod/pod.ts';
import { LIVE, RUNS, type RunDoc } from '../../pods/runs/run.ts';
import type { Store } from '../../store/port.ts';
import { type ErasedWords, holdsWords, tookIn } from './held-by.ts';
import { passagesOf } from './passages.ts';
import { textsOf, wordsOf } from './words.ts';

/** The largest difference assumed between the clocks of several machines. */
export const SKEW_MS = 600_000;

type Erase = DeliveryOf<'erase'>;

/**
 * Ends the epochs that hold the words; the others go on. `quoting`: the ids of the documents that quoted them. What sessions gave to
 * tools goes also if only an earlier epoch held the words.
 */
export async function forgetIn(store: Store, delivery: Erase, quoting: readonly string[] = []): Promise<void> {
  const sessions = await sessionsThatMayHold(store, delivery);
  const words = sessions.length ? await erasedWords(store, delivery, quoting) : undefined;
  const atWork = words ? await sessionsAtWork(store, sessions) : new Map<string, RunDoc>();
  for (const session of sessions) {
    const turns = await turnsOf(store, session.id, session.epoch);
    const run = atWork.get(session.id);
    if (!words || !turns.length || (await holdsWords(session, turns, isWorking(run), words)))
      await forgetSession(store, session);
    else if (await gaveAway(store, session, words)) await forgetGiven(store, session);
  }
}

/** Returns undefined if nobody can say any more what they were: then every session may hold them. */
async function erasedWords(
  store: Store,
  delivery: Erase,
  quoting: readonly string[],
): Promise<ErasedWords | undefined> {
  const { pod, from, bodies, blobs, postings } = delivery;
  const texts = await wordsOf(store, delivery);
  if (!texts.length) return undefined;
  return {
    ...{ pod, ...(from?.conversation ? { conversation: from.conversation } : {}) },
    ids: new Set([...(from ? [from.id] : []), ...postings, ...quoting]),
    refs: new Set([...bodies, ...blobs, ...(from?.words ?? []), ...(from?.files ?? [])]),
    takeOut: await passagesOf(texts, await textsOf(store, from?.stays ?? [])),
  };
}

/** A run that waits for people reads nothing until it goes on. */
function isWorking(run: RunDoc | undefined): boolean {
  return (
    run !== undefined &&
    !(run.state === 'waiting' && run.waits && run.waits.for !== 'model' && run.waits.for !== 'service')
  );
}

/** True if an earlier epoch took the words in, or an input of its calls repeats them. */
async function gaveAway(store: Store, session: SessionDoc, words: ErasedWords): Promise<boolean> {
  const inputs = await inputsOf(store, session);
  if (!inputs.length) return false;
  const past = await pastEpochs(store, session.id, session.epoch);
  if (past.some(({ turns }) => tookIn(session, turns, words))) return true;
  for (const text of await textsOf(store, inputs)) if ((await words.takeOut(text)) !== undefined) return true;
  return false;
}

/** Returns the sessions that may hold the words: those at work, and those that have read anything since. */
export async function sessionsThatMayHold(store: Store, delivery: Erase): Promise<SessionDoc[]> {
  const sessions = await sessionsThatReach(store, delivery.pod);
  const atWork = await sessionsAtWork(store, sessions);
  const holding: SessionDoc[] = [];
  for (const session of sessions)
    if (atWork.has(session.id) || (await mayHold(store, session, delivery))) holding.push(session);
  return holding;
}

/** Returns the sessions that can read the pod: those in the pod, and those in the direct pods of its people. */
async function sessionsThatReach(store: Store, pod: string): Promise<SessionDoc[]> {
  const pods = [pod, ...(await dmsOf(store, pod))];
  return store.collection<SessionDoc>('sessions').find({ where: { pod: { in: pods } } });
}

async function dmsOf(store: Store, pod: string): Promise<string[]> {
  const members = store.collection<MemberDoc>(MEMBERS.name);
  // Includes people who left the pod, because their direct pods may contain text that an agent read for them.
  const people = (await members.find({ where: { pod } })).map(({ who }) => who).filter(isPerson);
  if (!people.length) return [];
  const theirs = [...new Set((await members.find({ where: { who: { in: people } } })).map((member) => member.pod))];
  const pods = await store.collection<PodDoc>(PODS.name).find({ where: { id: { in: theirs } } });
  return pods.filter(({ direct }) => direct).map(({ id }) => id);
}

/** Returns the runs that have not ended, by the ids of their sessions. */
async function sessionsAtWork(store: Store, sessions: readonly SessionDoc[]): Promise<Map<string, RunDoc>> {
  const pods = [...new Set(sessions.map(({ pod }) => pod))];
  if (!pods.length) return new Map();
  const live = await store.collection<RunDoc>(RUNS.name).find({ where: { state: { in: LIVE }, pod: { in: pods } } });
  // A session may have several: the one that works counts.
  const waitingFirst = live.toSorted((a, b) => Number(isWorking(a)) - Number(isWorking(b)));
  return new Map(waitingFirst.map((run) => [sessionId(run.agent, run.conversation), run]));
}

/**
 * True if the session may contain the erased text. In the message's own pod, the session's position shows whether it
 * has read the message, whatever the clocks say. Its opening context and its tool results may contain newer text, and
 * text of any pod, so their time is compared.
 */
async function mayHold(store: Store, session: SessionDoc, { pod, since, posted }: Erase): Promise<boolean> {
  const where = { session: session.id, epoch: { lte: session.epoch } };
  const newest: readonly ['epoch' | 'n', 'desc'][] = [
    ['epoch', 'desc'],
    ['n', 'desc'],
  ];
  const [last] = await store.collection<TurnDoc>('turns').find({ where, sort: newest, limit: 1 });
  // An erasure before this one made it forget all its turns. It may have written something that quotes these words, too.
  if (!last) return session.epoch > 1;
  const heard = session.pod === pod && posted !== undefined && last.position >= posted;
  return heard || last.at >= since - SKEW_MS;
}

/**
 * Starts a new epoch, which reads only what is still on the log. Deletes the recorded tool calls, whose input and
 * result may contain the text.
 */
async function forgetSession(store: Store, session: SessionDoc): Promise<void> {
  const { id } = session;
  const before = await store.collection<SessionDoc>('sessions').get(id);
  const carried = before ? await carriedFrom(store, before) : [];
  // Calls that wait may quote the text in their input: they are asked about anew.
  const next = await changeSession(store, id, ({ waiting: _waiting, ...doc }) => ({
    ...{ ...doc, epoch: doc.epoch + 1, loaded: [], carried },
  }));
  if (next) await forget(store, id, next.epoch - 1);
  await forgetGiven(store, session);
}

/** Removes what the session gave to tools of servers, and what came back. */
async function forgetGiven(store: Store, session: SessionDoc): Promise<void> {
  const outcomes = outcomesOf(store);
  for (const outcome of await outcomes.find({ where: { session: session.id } })) await outcomes.delete(outcome.id);
  const inputs = await inputsOf(store, session);
  if (inputs.length) await store.bodies.remove(inputs);
}

async function inputsOf(store: Store, { pod, agent, conversation }: SessionDoc): Promise<BodyRef[]> {
  const permits = await store.collection<PermitDoc>(PERMITS.name).find({ where: { pod, conversation } });
  return permits.flatMap(({ by, input }) => (by === agent && input ? [input] : []));
}
