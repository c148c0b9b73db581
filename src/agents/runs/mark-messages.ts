// Says which messages of people a run has, when it takes them in and when its state changes. Only ids: how it is shown is
// the outbox's.
import type { Reader } from '../../log/action.ts';
import { wasWrittenInSlack } from '../../pods/conversations/marks/marked.ts';
import { MESSAGES } from '../../pods/conversations/message.ts';
import type { TurnDoc } from '../sessions/session.ts';
import type { RunDeps, Wake } from './deps.ts';
import type { Run } from './load-run.ts';

type MarkDeps = Pick<RunDeps, 'marks'>;
type Marked = { message: string; weak?: true };

/** The turn with these messages is stored. Does nothing for a turn without messages of people in Slack. */
export async function markTaken(deps: MarkDeps, { wake }: Run, took: readonly string[]): Promise<void> {
  const because = wake.because !== undefined && !took.includes(wake.because) ? [weakly(wake.because)] : [];
  if (took.length) await deps.marks.changed(runOf(wake), [...took.map((message) => ({ message })), ...because]);
}

/** The run begins again or ends: all messages that it has get the mark of its state. */
export async function markRun(deps: MarkDeps, { wake, turns, session }: Run): Promise<void> {
  await deps.marks.changed(runOf(wake), messagesOf(wake, turns, session.answered));
}

/** The wake comes to nothing: it is refused, or was given up. */
export async function markWake(deps: MarkDeps, wake: Wake, turns: readonly TurnDoc[] = []): Promise<void> {
  await deps.marks.changed(runOf(wake), messagesOf(wake, turns));
}

/**
 * Pure. Returns the messages that turns of the run have taken in. The message that woke the run may be in an earlier run's
 * turn, and so may those that an earlier run left without an answer: they are this run's if that run failed. A run without a
 * turn of its own takes none of them over: the earlier one has said why it failed.
 */
export function messagesOf(
  { id, because }: Pick<Wake, 'id' | 'because'>,
  turns: readonly TurnDoc[],
  answered = Number.MAX_SAFE_INTEGER,
): Marked[] {
  if (!turns.some(({ run }) => run === id)) {
    const taken = turns.some(({ took = [] }) => because !== undefined && took.includes(because));
    return because === undefined || taken ? [] : [weakly(because)];
  }
  const own = new Set(turns.flatMap(({ run, took = [] }) => (run === id ? took : [])));
  const left = turns.flatMap(({ position, took = [] }) => (position > answered ? took : []));
  const weak = new Set([...left, ...(because === undefined ? [] : [because])].filter((one) => !own.has(one)));
  return [...[...own].map((message) => ({ message })), ...[...weak].map(weakly)];
}

/** The most words that a run left which are looked for. */
const MOST_LEFT = 50;

/**
 * The run ends by a stop, or failed: the words that came and that it never took in get the mark of its end, too. A run that
 * takes them in later puts its own there.
 */
export async function markLeft(
  { marks, read }: MarkDeps & { read: Reader },
  wake: Wake,
  turns: readonly TurnDoc[],
): Promise<void> {
  const last = turns.findLast(({ role }) => role === 'user');
  const since = last?.heardUpTo ?? last?.position ?? wake.seq;
  const where = { conversation: wake.conversation, posted: { gt: since } };
  const found = await read.find(MESSAGES, { where, sort: [['posted', 'desc']], limit: MOST_LEFT });
  const left = found.filter(wasWrittenInSlack).map(({ id }) => weakly(id));
  if (left.length) await marks.changed(runOf(wake), left);
}

function weakly(message: string): Marked {
  return { message, weak: true };
}

function runOf({ id, pod, conversation, agent }: Wake) {
  return { run: id, pod, conversation, agent };
}
