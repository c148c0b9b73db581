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
    const wanted = await wantedNow(marking, delivery);
    // A mark that costs Slack nothing waits for nobody.
    if (!wanted) return reactions.waitsNoMore(delivery.message);
    await reactions.inTurn(() => show(marking, delivery, wanted), delivery.message);
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

interface Wanted {
  record: MarkDoc;
  wanted: string | undefined;
}

/** Records what the delivery says. Undefined if Slack shows what it has to. */
async function wantedNow(parts: Parts, delivery: DeliveryOf<'mark'>): Promise<Wanted | undefined> {
  const marks = parts.store.collection<MarkDoc>('marks');
  const found = await marks.get(delivery.message);
  const runs = await runsOf(parts, [...(found?.agents ?? []).map(({ run }) => run), delivery.run]);
  const failed = new Set([...runs].flatMap(([id, run]) => (stateOf(run, true) === 'failed' ? [id] : [])));
  const record = merged(found, delivery, { at: parts.clock(), failed });
  if (!record) return undefined;
  const wanted = markFor(await statesOf(parts, delivery, record, runs));
  // Slack is behind: what stands is left, and the next change puts it right.
  const left = wanted !== undefined && !isWorthPlacing(wanted, parts.slack.reactions.removals());
  if (!left && !isSo(record, wanted)) return { record, wanted };
  if (record !== found) await write(marks, record);
  return undefined;
}

function isSo({ stands, begun }: MarkDoc, wanted: string | undefined): boolean {
  return wanted ? stands === wanted && begun.length === 1 : !begun.length;
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

/** The emoji that may stand are recorded before each call, so that a later delivery takes away what a crash has left. */
async function show(parts: Parts, delivery: DeliveryOf<'mark'>, { record, wanted }: Wanted): Promise<void> {
  const marks = parts.store.collection<MarkDoc>('marks');
  const place = await placeOf(parts, delivery);
  if (!place) return;
  const { reactions } = parts.slack;
  const tried: Tried = (call, name) => quietly(parts, delivery, () => reactions[call]({ ...place, name }));
  const begun = [...new Set([...record.begun, ...(wanted ? [wanted] : [])])];
  const stale = begun.filter((name) => name !== wanted);
  const isThere = wanted !== undefined && record.stands === wanted;
  let now = await write(marks, { ...confirmed(record, isThere ? wanted : undefined), begun, at: parts.clock() });
  let added = wanted && !isThere ? await tried('add', wanted) : 'done';
  // Slack takes few removals a minute: while one waits, the new emoji is not put there again.
  if (wanted && added === 'done' && stale.length) now = await write(marks, confirmed(now, wanted));
  const left = added === 'lacks scope' ? undefined : await takenAway(tried, stale);
  if (!left) return without(marks, confirmed(now, undefined), record.begun);
  // A message may have as many emoji as Slack allows. There is room once an earlier one is gone.
  if (wanted && added === 'refused' && left.length < stale.length) added = await tried('add', wanted);
  const stands = added === 'done' ? wanted : undefined;
  const begunNow = [...left, ...(stands ? [stands] : [])];
  reactions.owes(record.id, begunNow.some((name) => UNFINISHED.includes(name)) || left.length > 0);
  await write(marks, { ...confirmed(now, stands), begun: begunNow });
}

/** The record with the emoji that Slack has confirmed. */
function confirmed({ stands: _stands, ...rest }: MarkDoc, stands: string | undefined): MarkDoc {
  return stands ? { ...rest, stands } : rest;
}

type Tried = (call: 'add' | 'remove', name: string) => Promise<'done' | 'refused' | 'lacks scope'>;

/** Returns which of them are left. Undefined if the app lacks the scope. @throws Retryable */
async function takenAway(tried: Tried, stale: readonly string[]): Promise<string[] | undefined> {
  const left: string[] = [];
  let lacksScope = false;
  for (const name of stale) {
    const removed = await tried('remove', name);
    lacksScope ||= removed === 'lacks scope';
    if (removed !== 'done') left.push(name);
  }
  return lacksScope ? undefined : left;
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
