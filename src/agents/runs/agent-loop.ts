// The agent loop: runs an agent from a wake to its answer. Each step follows from the transcript alone, so after a crash
// the loop is simply run again.

import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { mayWake } from '../gate/may-address.ts';
import { hear } from '../sessions/hearing/hear.ts';
import { toldIn } from '../sessions/hearing/hear-settled.ts';
import { notingReads } from '../sessions/note-reads.ts';
import { forget, openSession } from '../sessions/open-session.ts';
import { NOTHING } from '../sessions/sendable.ts';
import { nextStep, type Step } from '../sessions/transcript.ts';
import { giveAnswer, staySilent } from './answers/give-answer.ts';
import { appendHeard } from './append-heard.ts';
import { makeCalls } from './calls/make-calls.ts';
import { watchCard } from './card/watch-card.ts';
import { closeStopped } from './close-stopped.ts';
import type { RunDeps, Wake } from './deps.ts';
import { takeInNews } from './ears/take-in-news.ts';
import { loadRun, type Run } from './load-run.ts';
import { markLeft, markRun, markWake } from './mark-messages.ts';
import { continuing, endOrPark } from './park.ts';
import { begin, count, keep } from './record.ts';
import { askWhileOpen } from './requests/ask-while-open.ts';
import { Stopped } from './stopped.ts';
import { isWithheld, stopInLog } from './withheld.ts';
import { append, silent } from './write.ts';

/**
 * Ends when the answer is posted, when there is nothing new, or when a person stops the run. Throws ModelUnavailable
 * (retry later), and the signal's reason when the process is shutting down.
 */
export async function runAgent(given: RunDeps, wake: Wake, signal: AbortSignal): Promise<void> {
  const deps = notingReads(given);
  if (!wake.ends && !(await mayWake(deps, wake))) return markWake(deps, wake);
  const opened = await openSession(deps, wake);
  if (wake.ends && !opened.parked) return;
  const conversation = await deps.read.get(CONVERSATIONS, wake.conversation);
  const session = await stopInLog(deps.store, opened, wake, conversation);
  const going = continuing(wake, session);
  const record = await begin(deps, going, conversation);
  // Removes turns of earlier epochs: leftovers, and late writes of a process that did not yet know of the new epoch.
  await forget(deps.store, session.id, session.epoch - 1);
  const card = watchCard(deps, record);
  try {
    const begun = { wake: going, record, session, signal };
    const withheld = isWithheld(conversation, wake.agent) ? { over: true as const, withheld: true as const } : {};
    const ends = isWithheld(conversation, wake.agent) || session.stoppedAt > wake.seq;
    const loaded = ends ? { ...(await loadRun(deps, begun)), ...withheld } : await withPast(deps, begun);
    // A crash may have left a turn uncounted.
    let run = await count(deps, loaded);
    // A run that goes on after a crash or an answer.
    if (run.turns.some((turn) => turn.run === going.id)) await markRun(deps, run);
    while (!run.over) {
      // The card took its time: the run was read before it.
      if (await card.look()) run = await loadRun(deps, run, run.turns);
      run = await step(deps, run);
    }
    await endOrPark(deps, run);
    await card.over();
    await markRun(deps, run);
    if (run.session.stoppedAt > going.seq) await markLeft(deps, going, run.turns);
  } finally {
    card.stop();
    deps.progress.clear(session);
  }
}

/**
 * Reads the thread's past, once per run. The note about what could not be read is stored, so that a retry gives the
 * same answer.
 */
async function withPast(deps: RunDeps, begun: Pick<Run, 'wake' | 'record' | 'session' | 'signal'>): Promise<Run> {
  const { record, session, signal } = begun;
  const lacks = record.lacks === undefined && (await deps.past?.(session, signal));
  const run = await loadRun(deps, begun);
  return lacks ? keep(deps, run, (doc) => ({ ...doc, lacks })) : run;
}

async function step(deps: RunDeps, run: Run): Promise<Run> {
  const next = nextStep(run.turns);
  if (run.session.stoppedAt > run.wake.seq) return closeStopped(deps, run, next);
  // A person's stop is written to `stoppedAt` before the signal is aborted, so the line above has handled it. Any other
  // reason is a shutdown.
  if (run.signal.aborted && !(run.signal.reason instanceof Stopped)) throw run.signal.reason;
  switch (next.kind) {
    case 'news':
      return takeInNews(deps, run);
    case 'ask':
      return askWhileOpen(deps, run);
    case 'park':
      return append(deps, run, { ...silent(NOTHING, run.turns), parked: next.questions });
    case 'quiet':
      return staySilent(deps, run);
    case 'resume':
      return goOn(deps, run, next);
    case 'call':
      return makeCalls(deps, run, next);
    case 'answer':
      return giveAnswer(deps, run, next);
    default:
      next satisfies never;
      return { ...run, over: true };
  }
}

/**
 * Lets the model continue a long turn that it paused. The user turn is needed because the API refuses a request that
 * ends with an assistant turn, unless a server tool is running in that turn.
 */
async function goOn(deps: RunDeps, run: Run, { turn }: Extract<Step, { kind: 'resume' }>): Promise<Run> {
  const text = 'You paused in the midst of your answer. Go on from there.';
  return appendHeard(
    deps,
    run,
    [{ type: 'text', text }],
    await hear(deps.read, run.session, turn.position, toldIn(run.turns)),
  );
}
