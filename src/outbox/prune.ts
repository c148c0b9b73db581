// Deletes old records that nothing needs any more: sending records, recorded tool calls, unused instructions, runs.

import { totalsIn } from '../agents/budget/totals.ts';
import { type OutcomeDoc, outcomesOf } from '../agents/sessions/outcomes.ts';
import { type PrefixDoc, type SessionDoc, type TurnDoc, turnId } from '../agents/sessions/session.ts';
import type { Item } from '../lanes/item.ts';
import { LIVE, RUNS, type RunDoc } from '../pods/runs/run.ts';
import type { Collection, Doc, Store } from '../store/port.ts';
import { REPLY_RETENTION_MS, type ReplyAddressDoc } from './mail/reply-address.ts';
import { UNFINISHED } from './slack/marks/mark.ts';
import type { MarkDoc } from './slack/marks/mark-record.ts';
import type { SendingDoc } from './slack/send-once.ts';

const PAGE = 200;

interface Aged extends Doc {
  at?: number;
}

/** Deletes records older than `before`, in milliseconds since 1970. Any process may call it at any time. */
export async function pruneJournals(store: Store, before: number): Promise<void> {
  const [sessions, turns] = [store.collection<SessionDoc>('sessions'), store.collection<TurnDoc>('turns')];
  const items = store.collection<Item>('outbox');
  await prune(store.collection<SendingDoc>('sending'), before, (mark) => isSettled(items, mark));
  await prune(outcomesOf(store), before, (outcome) => isAnswered(sessions, turns, outcome));
  await prune(
    store.collection<PrefixDoc>('prefixes'),
    before,
    async ({ id }) => (await sessions.find({ where: { prefix: id }, limit: 1 })).length === 0,
  );
  await prune(store.collection<MarkDoc>('marks'), before, (mark) => isOver(store.collection<RunDoc>(RUNS.name), mark));
  const replies = store.collection<ReplyAddressDoc>('replyAddresses');
  await prune(replies, before - REPLY_RETENTION_MS, async () => true);
  // A day's budget and that of a request end sooner than the record's age.
  await prune(totalsIn(store), before, async () => true);
  // A run that waits for an answer is kept, because it continues later.
  await prune(store.collection<RunDoc>(RUNS.name), before, async ({ state }) => state !== 'waiting');
}

async function prune<D extends Aged>(
  collection: Collection<D>,
  before: number,
  mayGo: (doc: D) => Promise<boolean>,
): Promise<void> {
  const old = { where: { at: { lte: before } }, sort: [['at', 'asc']], limit: PAGE } as const;
  for (let page: D[] = []; ; ) {
    const after = page.at(-1);
    page = (await (collection as unknown as Collection<Aged>).find({ ...old, ...(after ? { after } : {}) })) as D[];
    for (const doc of page) if (await mayGo(doc)) await collection.delete(doc.id);
    if (page.length < PAGE) return;
  }
}

/** False while a run goes on that has the message: its mark changes when the run ends, even after a long wait. */
async function isOver(runs: Collection<RunDoc>, { stands = '', agents }: MarkDoc): Promise<boolean> {
  if (!UNFINISHED.includes(stands)) return true;
  const found = await Promise.all(agents.flatMap(({ run }) => (run ? [runs.get(run)] : [])));
  return !found.some((run) => run && LIVE.includes(run.state));
}

/**
 * True if the delivery can't be retried any more. False for the record of a file, because erasing its message needs the
 * record.
 */
async function isSettled(items: Collection<Item>, { id, file }: SendingDoc): Promise<boolean> {
  if (file) return false;
  // A key begins with the id of its delivery. The id of a log, as of a person's own, may contain a colon.
  const delivery = /^(?:mail:)?(.+?:\d+:\d+)(?::|$)/.exec(id)?.[1];
  const item = delivery && (await items.get(delivery));
  return !item || item.state === 'done';
}

/**
 * True if the turn with the call's answer is stored, or the transcript is gone. Nothing needs the recorded call then.
 */
async function isAnswered(
  sessions: Collection<SessionDoc>,
  turns: Collection<TurnDoc>,
  { id, session: of }: OutcomeDoc,
): Promise<boolean> {
  const [epoch = 0, n = 0] = id.split(':').slice(-3, -1).map(Number);
  const session = await sessions.get(of);
  if (!session || session.epoch > epoch) return true;
  return (await turns.get(turnId(of, epoch, n + 1))) !== undefined;
}
