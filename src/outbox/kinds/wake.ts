// Starts an agent's run in a conversation. The transcript shows what is left to do. Reports in the thread if the run
// waits or fails.
import { ModelUnavailable } from '../../agents/model/errors.ts';
import { Conflict, NotYet, reasonOf } from '../../errors.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import { PODS } from '../../pods/pod/pod.ts';
import { seqOf } from '../delivery-id.ts';
import { isErasing } from '../erasing/under-way.ts';
import type { DeliveryKind } from '../kind.ts';
import type { Parts } from '../parts.ts';

type Wake = DeliveryOf<'wake'>;

/**
 * When people get a notice that the model is not available: after this many attempts, or before a wait of this many
 * milliseconds.
 */
const SAY = { afterTries: 3, ofWaits: 10_000 };

export const wake: DeliveryKind<'wake'> = {
  lane: wakeLane,
  resource: 'any',
  promises: ['idempotent'],
  // A new message ends the waiting time of earlier attempts.
  hastens: true,
  async carry({ act, runner, store, read }, { id, pod, conversation, agent, because, marked, ends }, signal) {
    if (await isErasing({ store, read }, pod)) throw new NotYet('Words are being erased.', ERASING_MS);
    const caused = marked ? { because } : {};
    // The pod was archived after the wake was wished for: no agent works there until it is restored.
    if ((await read.get(PODS, pod))?.state === 'archived') {
      await runner.giveUp({ id, pod, conversation, agent, seq: seqOf(id), ...caused });
      const input = { conversation, agent, because, ...(marked ? { marked } : {}) };
      await act({ pod, actor: 'skein', via: 'skein', action: 'rest_wake', input, key: `rest:${id}` });
      return;
    }
    return runner.wake({ id, pod, conversation, agent, seq: seqOf(id), ...caused, ...(ends ? { ends } : {}) }, signal);
  },
  progress: ({ runner }, delivery) => runner.progress(delivery),
  async onAside(parts, delivery, error) {
    const { id, pod, conversation, agent, because, marked } = delivery;
    await parts.runner.giveUp({ id, pod, conversation, agent, seq: seqOf(id), ...(marked ? { because } : {}) });
    await reportFailed(parts, delivery, error);
  },
  async onRetry(parts, delivery, error, { attempts, waitMs }) {
    await parts.runner.waits(delivery, error, waitMs);
    if (attempts === SAY.afterTries || waitMs >= SAY.ofWaits) await reportWaiting(parts, delivery, error);
  },
};

/** How long a wake waits for words to be erased, in milliseconds. */
const ERASING_MS = 200;

/** Returns the session's lane, so that a session has only one active run. */
export function wakeLane({ agent, conversation }: { agent: string; conversation: string }): string {
  return `session:${agent}:${conversation}`;
}

async function reportFailed(parts: Parts, delivery: Wake, error: unknown): Promise<void> {
  const why = error instanceof ModelUnavailable ? error.message : reasonOf(error);
  const text = parts.texts.fill('agent-notices', 'failed', { reason: why });
  await post(parts, delivery, { text, key: `${delivery.id}:failed` });
}

async function reportWaiting(parts: Parts, delivery: Wake, error: unknown): Promise<void> {
  const { fill: word } = parts.texts;
  const reason = error instanceof ModelUnavailable ? error.message : word('agent-notices', 'waits-for-something');
  const text = word('agent-notices', 'waits', { reason });
  try {
    await post(parts, delivery, { text, key: `${delivery.id}:waits`, waits: true });
  } catch (error) {
    // A Conflict means that an earlier attempt reported another reason.
    if (!(error instanceof Conflict)) throw error;
  }
}

async function post(
  { act }: Parts,
  { pod, conversation, agent, because }: Wake,
  { key, ...said }: { text: string; key: string; waits?: true },
): Promise<void> {
  const input = { conversation, because, ...said };
  await act({ pod, actor: agent, via: 'model', action: 'report_failure', input, key });
}
