// Migrates data of Skein 0.1.0 at the first start: the tokens of its runs, and its live runs, become run documents.
import type { Reader } from '../../log/action.ts';
import type { Logger } from '../../logger.ts';
import type { AnyAction } from '../../pods/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { deliveriesOf } from '../../pods/deliveries.ts';
import type { RunDoc } from '../../pods/runs/run.ts';
import type { CollectionSpec, Doc, Store } from '../../store/port.ts';
import { changeSession, type SessionDoc, turnsOf } from '../sessions/session.ts';
import { counting, isToolIn, runsIn } from './record.ts';

/** Its id is the id of the run's wake. */
interface SpendingDoc extends Doc {
  pod: string;
  root: string;
  tokens: number;
  at: number;
}

/**
 * A session of Skein 0.1.0 held the id of its current wake, and the tokens that the wake's run had used before the
 * epoch.
 */
interface OldSession extends SessionDoc {
  live?: string;
  liveSeq?: number;
  spent?: { run: string; turns: number; tokens: number };
  lacks?: { wake: string; what: string };
}

export const SPENDING_SPEC: CollectionSpec = { name: 'spending', kind: 'view', indexes: [{ fields: ['at'] }] };

interface MoveDeps {
  store: Store;
  read: Reader;
  actions: ReadonlyMap<string, AnyAction>;
  clock(): number;
}

/** Can be repeated after a crash, because the old documents are removed last. */
export async function moveSpending(deps: MoveDeps, logger: Logger): Promise<void> {
  const { store } = deps;
  const spending = store.collection<SpendingDoc>(SPENDING_SPEC.name);
  const spent = await spending.find({ where: {} });
  if (!spent.length) return;
  const atWork = (await store.collection<OldSession>('sessions').find({ where: {} })).filter(({ live }) => live);
  const sessions = new Map(atWork.map((session) => [session.live, session]));
  const unspent = atWork.filter(({ live }) => !spent.some(({ id }) => id === live));
  let moved = 0;
  for (const doc of spent) {
    const session = sessions.get(doc.id);
    const run = session ? await liveRun(deps, session, doc) : await endedRun(deps, doc);
    if (run && (await runsIn(store).insert([run]))[0] === 'inserted') moved += 1;
  }
  // The rest are live runs that had not asked the model yet.
  for (const session of unspent) {
    const { pod, conversation, live: id = '' } = session;
    const root = (await deps.read.get(CONVERSATIONS, conversation))?.root ?? conversation;
    const none = { id, rev: 1, pod, root, tokens: 0, at: deps.clock() };
    if ((await runsIn(store).insert([await liveRun(deps, session, none)]))[0] === 'inserted') moved += 1;
  }
  for (const { id } of atWork) await changeSession(store, id, withoutRun);
  for (const { id } of spent) await spending.delete(id);
  logger.info('what runs used was moved', { runs: moved, atWork: atWork.length });
}

/**
 * Builds the document of a run that is over. Finds its agent in the commit that caused the wake; undefined if that
 * commit is gone.
 */
async function endedRun({ read }: MoveDeps, { id, pod, root, tokens, at }: SpendingDoc): Promise<RunDoc | undefined> {
  const seq = seqOf(id);
  const [commit] = await read.commits(pod, seq, seq);
  const wake = commit && deliveriesOf(commit).find((one) => one.id === id);
  if (wake?.kind !== 'wake') return undefined;
  const { conversation, agent } = wake;
  const used = { turns: 0, tokens, cached: 0, steps: [] };
  return { id, rev: 1, pod, seq, conversation, agent, root, at, state: 'ended', endedAt: at, ...used };
}

async function liveRun({ store, actions }: MoveDeps, session: OldSession, doc: SpendingDoc): Promise<RunDoc> {
  const { pod, conversation, agent, spent, lacks } = session;
  const { id, root, at } = doc;
  const before = spent?.run === id ? spent : { turns: 0, tokens: 0 };
  const used = { turns: before.turns, tokens: before.tokens, cached: 0, steps: [] };
  const missing = lacks?.wake === id ? { lacks: lacks.what } : {};
  const begun = { id, rev: 1, pod, seq: session.liveSeq ?? seqOf(id), conversation, agent, root, at };
  const turns = await turnsOf(store, session.id, session.epoch);
  const run = counting({ ...begun, state: 'working', ...used, ...missing }, turns, isToolIn(actions));
  return { ...run, tokens: Math.max(run.tokens, doc.tokens) };
}

function withoutRun(session: OldSession): SessionDoc {
  const { live: _live, liveSeq: _liveSeq, spent: _spent, lacks: _lacks, ...rest } = session;
  return rest;
}

/** The number of the commit in a delivery's id, which is `pod:seq:n`. */
function seqOf(id: string): number {
  return Number(id.split(':').at(-2) ?? 0);
}
