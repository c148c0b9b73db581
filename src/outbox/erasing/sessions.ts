// Finds the sessions whose transcripts may hold erased words, and makes them forget.
import { carriedFrom, forget } from '../../agents/sessions/open-session.ts';
import { outcomesOf } from '../../agents/sessions/outcomes.ts';
import { changeSession, type SessionDoc, sessionId, type TurnDoc } from '../../agents/sessions/session.ts';
import { isPerson } from '../../log/participant.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { MEMBERS, type MemberDoc } from '../../pods/members/member.ts';
import { PERMITS, type PermitDoc } from '../../pods/permits/permit.ts';
import { PODS, type PodDoc } from '../../pods/pod/pod.ts';
import { LIVE, RUNS, type RunDoc } from '../../pods/runs/run.ts';
import type { Store } from '../../store/port.ts';

/** The largest difference assumed between the clocks of several machines. */
export const SKEW_MS = 600_000;

type Erase = DeliveryOf<'erase'>;

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

/** Returns the ids of the sessions whose run is active or waits to start. */
async function sessionsAtWork(store: Store, sessions: readonly SessionDoc[]): Promise<Set<string>> {
  const pods = [...new Set(sessions.map(({ pod }) => pod))];
  if (!pods.length) return new Set();
  const live = await store.collection<RunDoc>(RUNS.name).find({ where: { state: { in: LIVE }, pod: { in: pods } } });
  return new Set(live.map(({ agent, conversation }) => sessionId(agent, conversation)));
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
export async function forgetSession(store: Store, { id, pod, agent, conversation }: SessionDoc): Promise<void> {
  const before = await store.collection<SessionDoc>('sessions').get(id);
  const carried = before ? await carriedFrom(store, before) : [];
  // Calls that wait may quote the text in their input: they are asked about anew.
  const next = await changeSession(store, id, ({ waiting: _waiting, ...doc }) => ({
    ...{ ...doc, epoch: doc.epoch + 1, loaded: [], carried },
  }));
  if (next) await forget(store, id, next.epoch - 1);
  const outcomes = outcomesOf(store);
  for (const outcome of await outcomes.find({ where: { session: id } })) await outcomes.delete(outcome.id);
  const permits = await store.collection<PermitDoc>(PERMITS.name).find({ where: { pod, conversation } });
  const inputs = permits.flatMap(({ by, input }) => (by === agent && input ? [input] : []));
  if (inputs.length) await store.bodies.remove(inputs);
}
