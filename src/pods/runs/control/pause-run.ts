// pause_run: pause an agent.
import { z } from 'zod';
import { action } from '../../action.ts';
import { controlled } from './control.ts';
import { controlNamed, onlyPeople } from './named.ts';
import { shownControl } from './shown.ts';

export const pauseRun = action({
  name: 'pause_run',
  title: 'Pause an agent',
  description: 'Pauses what agents do in a conversation until whoever paused it, or an owner, lets it go on.',
  input: z.strictObject({
    conversation: z.string().describe('Its id'),
    agent: z.string().optional().describe('Handle; all that it concerns when absent'),
  }),
  effect: 'write',
  allow: onlyPeople('guest'),
  load: (read, input, ctx) => controlNamed(read, ctx, 'pause', input),
  decide({ facts, agents }, _input, ctx) {
    const { changes, deliveries, still } = controlled(ctx, facts, { kind: 'pause', agents });
    return { changes, deliveries, result: shownControl(facts, { agents, still }) };
  },
});
