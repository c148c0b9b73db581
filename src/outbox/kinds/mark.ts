// Puts one emoji on a person's Slack message: what the agents that it woke do about it. Each delivery looks at the state
// as it is now and takes away what is no longer true, so repeats, restarts and late deliveries do no harm.
import { liveIn, runsIn } from '../../agents/runs/record.ts';
import { Retryable, reasonOf, UserFacingError } from '../../errors.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import type { Collection } from '../../store/port.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import type { Parts } from '../parts.ts';
import { markLane } from '../slack/marks/lane.ts';
import {
  isBusy,
  isWorthPlacing,
  type MarkedRun,
  markFor,
  type State,
  stateOf,
  UNFINISHED,
} from '../slack/marks/mark.ts';
import { type MarkDoc, merged } from '../slack/marks/mark-record.ts';
import { MARK_PATIENCE_MS, type Reactions, WITHOUT_SCOPE_MS } from '../slack/marks/reactions.ts';
import { postTargetOf, timesOf } from '../slack/post-target.ts';
import { hostOf, lostIn } from '../slack/voices/voice.ts';

export const mark: DeliveryKind<'mark'> = {
  lane: ({ message }) => markLane(message),
  resource: SLACK_APP,
  promises: ['idempotent'],
  async carry(parts, delivery) {
    const reactions = await reactionsFor(parts, delivery);
    if (!reactions) return;
    const marking = { ...parts, slack: { ...parts.slack, reactions } };
    await marking.slack.reactions.inTurn(() => showNow(marking, delivery), delivery.message);
  },
};

/**
 * In an agent's direct message its own app marks. Everywhere else the main app does, because agents share one mark.
 * Undefined if the agent's app is lost: no other can mark there.
 */
async function reactionsFor(parts: Parts, delivery: DeliveryOf<'mark'>): Promise<Reactions | undefined> {
  const target = await postTargetOf(parts, delivery);
  if (!target) return parts.slack.reactions;
  const deps = { read: parts.read, apps: parts.slack.apps };
  if (await lostIn(deps, { pod: delivery.pod, channel: target.channel })) return undefined;
  const host = await hostOf(deps, delivery.pod, target.channel);
  return (host ?? parts.slack).reactions;
}

async function showNow(parts: Parts, delivery: DeliveryOf<'mark'>): Promise<void> {
  const { reactions } = parts.slack;
  const marks = parts.store.collection<MarkDoc>('marks');
  const found = await marks.get(delivery.message);
  const runs = await runsOf(parts, [...(found?.agents ?? []).map(({ run }) => run), delivery.run]);
  const failed = new Set([...runs].flatMap(([id, run]) => (stateOf(run, true) === 'failed' ? [id] : [])));
  const record = merged(found, delivery, { at: parts.clock(), failed });
  if (!record) return;
  const wanted = markFor(await statesOf(parts, delivery, record, runs));
  // Slack is behind: what stands is left, and the next change puts it right.
  if (wanted && !isWorthPlacing(wanted, reactions.removals()))
    return record === found ? undefined : void (await write(marks, record));
  await show(parts, marks, delivery, { record, changed: record !== found, wanted });
}

/** Returns the runs by id. A run that was given up before it began has no document. */
async function runsOf({ store }: Parts, ids: readonly (string | undefined)[]): Promise<Map<string, MarkedRun>> {
  const wanted = [...new Set(ids)].filter((id) => id !== undefined);
  return new Map(await Promise.all(wanted.map(async (id) => [id, await runsIn(store).get(id)] as const)));
}

async function statesOf(
  { store }: Parts,
  { conversation }: DeliveryOf<'mark'>,
  { agents }: MarkDoc,
  runs: ReadonlyMap<string, MarkedRun>,
): Promise<State[]> {
  const live = agents.some(({ run }) => !run) ? await liveIn(store, conversation) : [];
  return agents.map(({ agent, run, called = false, heard = false }) => {
    if (run) return stateOf(runs.get(run), called);
    const own = live.filter((one) => one.agent === agent);
    // A run that waits for an answer takes it in with that, and one that is over has ended before it could.
    if (heard) return own.length ? 'queued' : 'unseen';
    return own.some(isBusy) ? 'queued' : 'working';
  });
}

interface Shown {
  record: MarkDoc;
  changed: boolean;
  wanted: string | undefined;
}

/** The emoji that may stand are recorded before each call, so that a later delivery takes away what a crash has left. */
async function show(
  parts: Parts,
  marks: Collection<MarkDoc>,
  delivery: DeliveryOf<'mark'>,
  { record, changed, wanted }: Shown,
): Promise<void> {
  const isSo = wanted ? record.stands === wanted && record.begun.length === 1 : !record.begun.length;
  if (isSo) return changed ? void (await write(marks, record)) : undefined;
  const place = await placeOf(parts, delivery);
  if (!place) return;
  const { stands: _stands, ...rest } = record;
  const begun = [...new Set([...record.begun, ...(wanted ? [wanted] : [])])];
  const before = await write(marks, { ...rest, begun, at: parts.clock() });
  const stale = before.begun.filter((name) => name !== wanted);
  const shown = await change(parts, { delivery, place, stale, wanted });
  if (!shown) return await without(marks, before, record.begun);
  const { left, added } = shown;
  const begunNow = [...left, ...(wanted && added ? [wanted] : [])];
  const alone = wanted && added && !left.length;
  parts.slack.reactions.owes(record.id, begunNow.some((name) => UNFINISHED.includes(name)) || left.length > 0);
  await write(marks, { ...before, begun: begunNow, ...(alone ? { stands: wanted } : {}) });
}

interface Change {
  delivery: DeliveryOf<'mark'>;
  place: Place;
  stale: readonly string[];
  wanted: string | undefined;
}

/** Returns which of the stale emoji are left. Undefined if the app lacks the scope. @throws Retryable */
async function change(
  parts: Parts,
  { delivery, place, stale, wanted }: Change,
): Promise<{ left: string[]; added: boolean } | undefined> {
  const { reactions } = parts.slack;
  const tried = (call: 'add' | 'remove', name: string) =>
    quietly(parts, delivery, () => reactions[call]({ ...place, name }));
  let added = wanted ? await tried('add', wanted) : 'done';
  const left: string[] = [];
  let lacksScope = added === 'lacks scope';
  for (const name of stale) {
    const removed = await tried('remove', name);
    lacksScope ||= removed === 'lacks scope';
    if (removed !== 'done') left.push(name);
  }
  // A message may have as many emoji as Slack allows. There is room once an earlier one is gone.
  if (wanted && added === 'refused' && left.length < stale.length) added = await tried('add', wanted);
  return lacksScope ? undefined : { left, added: added === 'done' };
}

/** The message is gone, its channel archived, or Slack allows no reaction there. Nobody misses the mark. */
async function quietly(
  parts: Parts,
  { id }: DeliveryOf<'mark'>,
  call: () => Promise<boolean>,
): Promise<'done' | 'refused' | 'lacks scope'> {
  try {
    return (await call()) ? 'done' : 'lacks scope';
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    parts.logger.info('mark not shown', { delivery: id, reason: reasonOf(error) });
    return 'refused';
  }
}

interface Place {
  channel: string;
  ts: string;
}

/** @throws Retryable while a mark stands that the app may not take away: it is taken away once the scope is back */
async function without(marks: Collection<MarkDoc>, record: MarkDoc, begun: string[]): Promise<void> {
  await write(marks, { ...record, begun });
  if (begun.length)
    throw new Retryable('Slack lets the app change no reaction.', WITHOUT_SCOPE_MS, { patienceMs: MARK_PATIENCE_MS });
}

async function placeOf(parts: Parts, delivery: DeliveryOf<'mark'>): Promise<Place | undefined> {
  const target = await postTargetOf(parts, delivery);
  const ts = target && timesOf(target.message)[0];
  return ts ? { channel: target.channel, ts } : undefined;
}

async function write(marks: Collection<MarkDoc>, record: MarkDoc): Promise<MarkDoc> {
  const isNew = record.rev === 0;
  const next = { ...record, rev: record.rev + 1 };
  const kept = isNew ? (await marks.insert([next]))[0] === 'inserted' : await marks.replace(next, record.rev);
  if (!kept) throw new Retryable('Another process has written the mark meanwhile.');
  return next;
}
