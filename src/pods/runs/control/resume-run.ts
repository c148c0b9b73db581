// resume_run: let a paused agent go on.
import { z } from 'zod';
import { action } from '../../action.ts';
import { controlled } from './control.ts';
import { controlNamed, onlyPeople } from './named.ts';
import { shownControl } from './shown.ts';

export const resumeRun = action({
  name: 'resume_run',
  title: 'Let a paused agent go on',
  description:
    'Lifts your pause of an agent. It goes on when nobody else has paused it; an owner overrides the others.',
  input: z.strictObject({
    conversation: z.string().describe('Its id'),
    agent: z.string().optional().describe('Handle; all that it concerns when absent'),
  }),
  effect: 'write',
  allow: onlyPeople('guest'),
  load: (read, input, ctx) => controlNamed(read, ctx, 'resume', input),
  decide({ facts, agents }, _input, ctx) {
    const { changes, deliveries, still } = controlled(ctx, facts, { kind: 'resume', agents });
    return { changes, deliveries, result: shownControl(facts, { agents, still }) };
  },
});
