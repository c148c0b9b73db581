// The runs of this process: a wake begins one, a stop from any process ends it.
import { reasonOf } from '../errors.ts';
import { type AgentId, isAgent } from '../pods/participant.ts';
import { runAgent, type RunDeps, Stopped, type Wake } from './run.ts';
import { changeSession, type SessionDoc, sessionId } from './session.ts';

export interface Runner {
  /** Works until the answer stands; throws what the lane is to try again, or the signal's reason. */
  wake(wake: Wake, signal: AbortSignal): Promise<void>;
  /** Ends what the agent does there, in whatever process; `seq` is the commit that asked for it. */
  halt(stop: { pod: string; conversation: string; agent: AgentId; seq: number }): Promise<void>;
}

export interface RunnerSettings {
  /** How often a run looks whether another process was told to stop it, in milliseconds. */
  stopPollMs: number;
}

export function makeRunner(deps: RunDeps, settings: RunnerSettings = { stopPollMs: 2000 }): Runner {
  const live = new Map<string, { wake: Wake; stop: AbortController }>();

  async function wake(wanted: Wake, signal: AbortSignal): Promise<void> {
    const id = sessionId(wanted.agent, wanted.conversation);
    const stop = new AbortController();
    live.set(id, { wake: wanted, stop });
    const watch = setInterval(() => {
      deps.store
        .collection<SessionDoc>('sessions')
        .get(id)
        .then((session) => {
          if (session && session.stoppedAt > wanted.seq) stop.abort(new Stopped('A person stopped the run.'));
        })
        .catch((error: unknown) => deps.log('stop not looked for', { session: id, reason: reasonOf(error) }));
    }, settings.stopPollMs);
    try {
      await runAgent(deps, wanted, AbortSignal.any([signal, stop.signal]));
    } finally {
      clearInterval(watch);
      live.delete(id);
    }
  }

  async function halt({ pod, conversation, agent, seq }: Parameters<Runner['halt']>[0]): Promise<void> {
    const id = sessionId(agent, conversation);
    const session = await changeSession(deps.store, id, (doc) =>
      doc.stoppedAt >= seq ? doc : { ...doc, stoppedAt: seq },
    );
    const running = live.get(id);
    if (running && running.wake.seq < seq) running.stop.abort(new Stopped('A person stopped the run.'));
    // Nobody works there: say so, or the person waits for an answer.
    if (session?.live || running || !isAgent(agent)) return;
    const text = 'I was not working on anything here.';
    await deps.act({
      pod,
      actor: agent,
      via: 'model',
      action: 'post_message',
      input: { conversation, text },
      key: `${id}:stop:${seq}`,
    });
  }

  return { wake, halt };
}
