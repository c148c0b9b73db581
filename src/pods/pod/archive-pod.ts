// archive_pod: archives a pod, or restores it. An archived pod can be read; no agent works in it.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import { action } from '../action.ts';
import { requirePod } from '../require.ts';

export const archivePod = action({
  name: 'archive_pod',
  title: 'Archive the pod',
  description:
    'Puts the pod to rest: everything stays readable, nothing new is done in it. `restore: true` wakes it again.',
  input: z.strictObject({ restore: z.boolean().default(false) }),
  // Counts as an effect outside: it stops all work in the pod, so no text from outside may cause it.
  effect: 'outside',
  allow: 'owner',
  async load() {
    return {};
  },
  decide(_view, { restore }, ctx) {
    const pod = requirePod(ctx, { archived: true });
    // A DM can't be archived, because nobody would answer the person in it, or say why.
    if (pod.direct && !restore)
      throw new InvalidInput(
        'A conversation between one person and an agent is not archived, or what is written there would get no answer. To quiet an agent in the midst of its work, use stop_run.',
      );
    const state = restore ? 'active' : 'archived';
    if (pod.state === state) throw new Conflict(`${pod.name} already is ${state}.`);
    return {
      changes: [{ v: 1, on: 'pods', id: ctx.pod, type: restore ? 'pod_restored' : 'pod_archived' }],
      result: { pod: { id: ctx.pod, name: pod.name, state } },
    };
  },
});
