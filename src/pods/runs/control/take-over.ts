// take_over: take work over from an agent.
import { z } from 'zod';
import { action } from '../../action.ts';
import { controlled } from './control.ts';
import { controlNamed, onlyPeople } from './named.ts';
import { shownControl } from './shown.ts';

export const takeOver = action({
  name: 'take_over',
  title: 'Take work over from an agent',
  description:
    'Takes what an agent does in a conversation into your own hands. It does nothing there until you hand it back.',
  input: z.strictObject({
    conversation: z.string().describe('Its id'),
    agent: z.string().optional().describe('Handle; all that it concerns when absent'),
  }),
  effect: 'write',
  allow: onlyPeople('member'),
  load: (read, input, ctx) => controlNamed(read, ctx, 'take_over', input),
  decide({ facts, agents }, _input, ctx) {
    const { changes, deliveries, still } = controlled(ctx, facts, { kind: 'take_over', agents });
    return { changes, deliveries, result: shownControl(facts, { agents, still }) };
  },
});
