// record_app_left (Skein's own): the Slack app of an agent that was taken out of the pod has left the channel too. From now on
// whoever invites the app brings the agent back.
import { z } from 'zod';
import { action } from '../action.ts';
import { MEMBERS, memberId } from './member.ts';

export const recordAppLeft = action({
  name: 'record_app_left',
  title: "Record that an agent's app has left",
  description: "Records that an agent's own Slack app has left the channel.",
  input: z.strictObject({ agent: z.templateLiteral(['agent:', z.string().min(1)]) }),
  effect: 'write',
  internal: true,
  load: (read, { agent }, { pod }) => read.get(MEMBERS, memberId(pod, agent as `agent:${string}`)),
  allow: (_view, _input, { role }) => role === 'skein' || 'Only Skein itself knows where a Slack app is.',
  decide: (member) => ({
    changes: member?.appStays ? [{ v: 1, on: 'members', id: member.id, type: 'app_went' }] : [],
    result: {},
  }),
});
