// stop_there (Skein's own): stops agents of this pod because a person has stopped everything that belongs to one request, from a
// conversation of another pod.
import { z } from 'zod';
import { isAgent, isPerson } from '../../../log/participant.ts';
import { action } from '../../action.ts';
import { atLeast } from '../../members/rights.ts';
import { openQuestions } from '../../questions/settling/settle.ts';
import { conversationNamed } from '../../require.ts';
import { stops } from './stop-elsewhere.ts';

type Spot = Parameters<typeof stops>[0][number];

export const stopThere = action({
  name: 'stop_there',
  title: 'Stop agents here too',
  description: 'Stops what agents do here for a request that a person has stopped in another pod.',
  input: z.strictObject({
    runs: z
      .array(z.strictObject({ conversation: z.string(), agent: z.string() }))
      .min(1)
      .max(20),
  }),
  effect: 'write',
  internal: true,
  allow: (_view, _input, { actor, role }) =>
    (isPerson(actor) && atLeast(role, 'guest')) || 'Only people of this pod stop what its agents do.',
  load: (read, { runs }, ctx): Promise<Spot[][]> =>
    Promise.all(
      runs.map(async ({ conversation, agent }) => {
        const doc = await conversationNamed(read, ctx.pod, conversation);
        const open = (await openQuestions(read, doc.questions)).filter(({ question }) => question.by === agent);
        return isAgent(agent) ? [{ conversation: doc.id, agent, open }] : [];
      }),
    ),
  decide(spots: Spot[][]) {
    const { changes, deliveries } = stops(spots.flat());
    return { changes, deliveries, result: {} };
  },
});
