// update_pod: changes a pod's name, purpose or default agent.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../errors.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { memberNamed } from '../people/directory.ts';
import { nameOf } from '../people/names.ts';
import { requirePod } from '../require.ts';

export const updatePod = action({
  name: 'update_pod',
  title: 'Update the pod',
  description: "Changes the pod's name, purpose or default agent; what is not given stays. Nobody is told.",
  input: z.strictObject({
    name: nameOf(80).optional(),
    purpose: z.string().trim().max(500).optional(),
    default_agent: z.string().optional().describe('Handle of the agent that a bare @Skein means'),
  }),
  // Counts as an effect outside: every session of the pod begins with its name and purpose, so no text from outside may
  // write them.
  effect: 'outside',
  async load(read, { default_agent }, ctx) {
    return { agent: default_agent ? await memberNamed(read, ctx.pod, default_agent) : undefined };
  },
  decide({ agent }, { name, purpose }, ctx) {
    const pod = requirePod(ctx);
    if (agent && !isAgent(agent.id))
      throw new InvalidInput(`${agent.name} is a person; the default agent must be an agent.`);
    if (name === undefined && purpose === undefined && !agent)
      throw new InvalidInput('Nothing to change: give a name, a purpose or a default agent.');
    const changed = {
      ...(name === undefined || name === pod.name ? {} : { name }),
      ...(purpose === undefined || purpose === pod.purpose ? {} : { purpose }),
      ...(agent && isAgent(agent.id) && agent.id !== pod.defaultAgent ? { defaultAgent: agent.id } : {}),
    };
    if (!Object.keys(changed).length) throw new Conflict(`${pod.name} already is so; nothing was changed.`);
    return {
      changes: [{ v: 1, on: 'pods', id: ctx.pod, type: 'pod_updated', ...changed }],
      result: { pod: { id: ctx.pod, name: name ?? pod.name, purpose: purpose ?? pod.purpose } },
    };
  },
});
