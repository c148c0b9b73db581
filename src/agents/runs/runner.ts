// Starts runs in this process, and stops them when a person asks for it, also if another process takes the request.

import type { AgentId } from '../../log/participant.ts';
import { logFailure } from '../../logger.ts';
import { deliveriesOf } from '../../pods/deliveries.ts';
import type { RunDoc } from '../../pods/runs/run.ts';
import { ModelUnavailable } from '../model/errors.ts';
import { openSession } from '../sessions/open-session.ts';
import { changeSession, type SessionDoc, sessionId, turnsOf } from '../sessions/session.ts';
import { runAgent } from './agent-loop.ts';
import type { RunDeps, Wake } from './deps.ts';
import { markLeft, markWake } from './mark-messages.ts';
import { runOf, stopParked, unpark } from './park.ts';
import { giveUp as giveUpRun, liveIn, newestIn, runsIn, waitsUntil } from './record.ts';
import { Stopped } from './stopped.ts';

export interface Runner {
  /** Resolves when the run is over. Throws Retryable (the lane retries the wake), or the signal's reason on shutdown. */
  wake(wake: Wake, signal: AbortSignal): Promise<void>;
  /**
   * Stops the agent's runs in the conversation, in every process, and answers the person. `seq`: the commit of the
   * stop.
   */
  halt(stop: Halt): Promise<void>;
  /** Records that the wake failed and is retried in `waitMs`. */
  waits(wake: WakeOf, error: unknown, waitMs: number): Promise<void>;
  /** Returns how far the run has got, as text: the number of its turns. */
  progress(wake: WakeOf): Promise<string>;
  /** Records that the wake was set aside and is not retried. */
  giveUp(wake: Wake): Promise<void>;
}

type WakeOf = Pick<Wake, 'id' | 'agent' | 'conversation'>;

export interface Halt {
  pod: string;
  conversation: string;
  agent: AgentId;
  seq: number;
}

export interface RunnerSettings {
  /** The interval in which a run looks for a stop that another process recorded, in milliseconds. */
  stopPollMs: number;
}

export function makeRunner(deps: RunDeps, settings: RunnerSettings = { stopPollMs: 2000 }): Runner {
  const live = new Map<Wake, AbortController>();
  const sessions = deps.store.collection<SessionDoc>('sessions');

  async function wake(wanted: Wake, signal: AbortSignal): Promise<void> {
    const id = sessionId(wanted.agent, wanted.conversation);
    const stop = new AbortController();
    const look = async () => {
      const session = await sessions.get(id);
      if (session && session.stoppedAt > wanted.seq) stop.abort(new Stopped());
    };
    const watch = setInterval(() => {
      look().catch((error: unknown) => logFailure(deps.logger, 'warn', 'stop not looked for', error, { session: id }));
    }, settings.stopPollMs);
    live.set(wanted, stop);
    try {
      await runAgent(deps, wanted, AbortSignal.any([signal, stop.signal]));
    } finally {
      clearInterval(watch);
      live.delete(wanted);
    }
  }

  async function halt(asked: Halt): Promise<void> {
    const { pod, conversation, agent, seq } = asked;
    // A stop may come before the first run of a session. It is recorded in the session, and stops the first run too.
    const before = (await sessions.get(sessionId(agent, conversation))) ?? (await openSession(deps, asked));
    const stoppedWork = await atWork(deps, before, seq);
    const session = await changeSession(deps.store, before.id, (doc) =>
      doc.stoppedAt >= seq ? doc : { ...doc, stoppedAt: seq, stoppedWork },
    );
    for (const [one, stop] of live)
      if (one.agent === agent && one.conversation === conversation && one.seq < seq) stop.abort(new Stopped());
    if (session?.parked) {
      const stopped = await stopParked(deps, session, seq);
      if (stopped) await deps.cards.changed(stopped);
      const turns = await turnsOf(deps.store, session.id, session.epoch);
      await markWake(deps, { ...asked, id: session.parked.run }, turns);
      await markLeft(deps, { ...asked, id: session.parked.run }, turns);
      // Last: after a crash, the repeated halt finds the run here, and its messages get their mark.
      await unpark(deps.store, session.id);
    }
    // Only the newest stop of a conversation is answered.
    if (session?.stoppedAt !== seq) return;
    await deps.act({
      pod,
      actor: agent,
      via: 'model',
      action: 'post_message',
      input: { conversation, text: deps.texts.fill('agent-notices', session.stoppedWork ? 'stopped' : 'not-working') },
      key: `${before.id}:stop:${seq}`,
    });
  }

  async function giveUp(failed: Wake): Promise<void> {
    const run = await runOf(deps.store, failed);
    const over = await giveUpRun(deps.store, run, deps.clock());
    if (over) await deps.cards.changed(over);
    const session = await sessions.get(sessionId(failed.agent, failed.conversation));
    const turns = session ? await turnsOf(deps.store, session.id, session.epoch) : [];
    await markWake(deps, { ...failed, id: run }, turns);
    await markLeft(deps, { ...failed, id: run }, turns);
    await unpark(deps.store, sessionId(failed.agent, failed.conversation));
  }

  async function waits(failed: WakeOf, error: unknown, waitMs: number): Promise<void> {
    const what = error instanceof ModelUnavailable ? 'model' : 'service';
    const until = { until: deps.clock() + waitMs, for: what } as const;
    const run = await waitsUntil(deps.store, await runOf(deps.store, failed), until);
    if (run) await deps.cards.changed(run);
  }

  async function progress(died: WakeOf): Promise<string> {
    const run = await runsIn(deps.store).get(await runOf(deps.store, died));
    return `${run?.turns ?? 0}`;
  }

  return { wake, halt, waits, progress, giveUp };
}

/** The number of commits in which queued wakes are searched. An older wake has begun long ago. */
const LOOK_BACK = 100;

/** True if there was something to stop: a wake from before the stop is being worked on, or is still queued. */
async function atWork({ store, read }: RunDeps, session: SessionDoc, seq: number): Promise<boolean> {
  const own = ({ agent }: RunDoc) => agent === session.agent;
  const live = (await liveIn(store, session.conversation)).filter(own);
  if (live.some((run) => run.seq < seq)) return true;
  const begun = (await newestIn(store, session.conversation)).filter(own).map((run) => run.seq);
  const heard = (await turnsOf(store, session.id, session.epoch)).at(-1)?.position ?? 0;
  const from = Math.max(heard, session.stoppedAt, ...begun, seq - LOOK_BACK) + 1;
  const commits = await read.commits(session.pod, from, seq - 1);
  return commits.some((commit) =>
    deliveriesOf(commit).some(
      (one) => one.kind === 'wake' && one.agent === session.agent && one.conversation === session.conversation,
    ),
  );
}
