// rest_wake (Skein's own): an agent was to be woken, and its pod has been archived meanwhile. It is woken when the pod is
// restored.
import { z } from 'zod';
import type { AgentId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { CONVERSATIONS } from '../conversations/conversation.ts';
import { isStopped } from '../conversations/words/at-work.ts';
import { onlySkein } from '../telling/hear.ts';
import type { RestingWake } from './pod.ts';

export const restWake = action({
  name: 'rest_wake',
  title: 'Leave a wake until the pod is restored',
  description: 'Records that an agent is to be woken in a conversation once the pod is restored.',
  input: z.strictObject({
    conversation: z.string(),
    agent: z.string(),
    because: z.string(),
    marked: z.literal(true).optional(),
  }),
  effect: 'write',
  internal: true,
  allow: onlySkein,
  load: (read, { conversation }) => read.get(CONVERSATIONS, conversation),
  decide(doc, { conversation, agent, because, marked }, ctx) {
    // A person's next word wakes a stopped agent; nothing else does.
    if (!doc || isStopped(doc.atWork, agent)) return { changes: [], result: {} };
    const wake: RestingWake = { conversation, agent: agent as AgentId, because, ...(marked ? { marked } : {}) };
    // The pod was restored after the carrier looked.
    if (ctx.podDoc?.state !== 'archived') return { changes: [], deliveries: [{ kind: 'wake', ...wake }], result: {} };
    return { changes: [{ v: 1, on: 'pods', id: ctx.pod, type: 'wake_rested', ...wake }], result: {} };
  },
});
