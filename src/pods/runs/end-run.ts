// end_run (Skein's own): ends the run of an agent that has nothing more to say, unless there is a word that it has not heard.
import { z } from 'zod';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';

export const endRun = action({
  name: 'end_run',
  title: 'End a run',
  description: 'Records that an agent has heard everything and has nothing more to do in a conversation.',
  input: z.strictObject({ conversation: z.string() }),
  effect: 'write',
  internal: true,
  load: async () => undefined,
  allow: (_view, _input, { actor }) => isAgent(actor) || 'Only an agent ends its run.',
  // The change comes with the ears of the request (hold.ts).
  decide: () => ({ changes: [], result: {} }),
});
