// Puts one emoji on a person's Slack message: what the agents that it woke do about it. Each delivery looks at the state
// as it is now and takes away what is no longer true, so repeats, restarts and late deliveries do no harm.
import { liveIn, runsIn } from '../../agents/runs/record.ts';
import { Retryable, reasonOf, UserFacingError } from '../../errors.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import type { Collection } from '../../store/port.ts';
import { type DeliveryKind, SLACK_APP } from '../kind.ts';
import type { Parts } from '../parts.ts';
import { markLane } from '../slack/marks/lane.ts';
import { isBusy, type MarkedRun, markFor, type State, stateOf } from '../slack/marks/mark.ts';
import { type MarkDoc, merged } from '../slack/marks/mark-record.ts';
import { WITHOUT_SCOPE_MS } from '../slack/marks/reactions.ts';
import { postTargetOf, timesOf } from '../slack/post-target.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

export const mark: DeliveryKind<'mark'> = {
  lane: ({ message }) => markLane(message),
  resource: SLACK_APP,
  promises: ['idempotent'],
  async carry(parts, delivery) {
    const marks = parts.store.collection<MarkDoc>('marks');
    const found = await marks.get(delivery.message);
    const runs = await runsOf(parts, [...(found?.agents ?? []).map(({ run }) => run), delivery.run]);
    const failed = new Set([...runs].flatMap(([id, run]) => (stateOf(run, true) === 'failed' ? [id] : [])));
    const record = merged(found, delivery, { at: parts.clock(), failed });
    if (!record) return;
    const wanted = markFor(await statesOf(parts, delivery, record, runs));
    await show(parts, marks, delivery, { record, changed: record !== found, wanted });
  },
};

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
  return agents.map(({ agent, run, called = false }) => {
    if (run) return stateOf(runs.get(run), called);
    return live.some((one) => one.agent === agent && isBusy(one)) ? 'queued' : 'working';
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
  const { reactions } = parts.slack;
  const { stands: _stands, ...rest } = record;
  const begun = [...new Set([...record.begun, ...(wanted ? [wanted] : [])])];
  const before = await write(marks, { ...rest, begun, at: parts.clock() });
  const stale = before.begun.filter((name) => name !== wanted);
  try {
    const added = wanted ? await reactions.add({ ...place, name: wanted }) : true;
    let removed = true;
    for (const name of stale) removed = (await reactions.remove({ ...place, name })) && removed;
    if (!added || !removed) return await without(marks, before, record.begun);
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    // The message is gone, its channel archived, or Slack allows no reaction there. Nobody misses the mark.
    parts.logger.info('mark not shown', { delivery: delivery.id, reason: reasonOf(error) });
  }
  await write(marks, { ...before, begun: wanted ? [wanted] : [], ...(wanted ? { stands: wanted } : {}) });
}

/** @throws Retryable while a mark stands that the app may not take away: it is taken away once the scope is back */
async function without(marks: Collection<MarkDoc>, record: MarkDoc, begun: string[]): Promise<void> {
  await write(marks, { ...record, begun });
  if (begun.length)
    throw new Retryable('Slack lets the app change no reaction.', WITHOUT_SCOPE_MS, { patienceMs: WEEK_MS });
}

async function placeOf(
  parts: Parts,
  delivery: DeliveryOf<'mark'>,
): Promise<{ channel: string; ts: string } | undefined> {
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
