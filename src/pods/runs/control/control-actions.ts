// pause_run, resume_run, take_over: pause agents, let them go on, or take their work over. One definition makes all three.
import { z } from 'zod';
import { type ActorRole, action } from '../../action.ts';
import type { ControlKind } from '../../conversations/words/control-words.ts';
import { controlled } from './control.ts';
import { controlNamed, onlyPeople } from './named.ts';
import { shownControl } from './shown.ts';

/** The conversation whose agents an action is for, and which of them. */
export const CONTROL_INPUT = z.strictObject({
  conversation: z.string().describe('Its id'),
  agent: z.string().optional().describe('Handle; all that it concerns when absent'),
});

export const pauseRun = controlAction('pause', 'guest', {
  name: 'pause_run',
  title: 'Pause an agent',
  description:
    'Pauses what agents do in a conversation, as all see there, until whoever paused it, or an owner, lets it go on.',
});

export const resumeRun = controlAction('resume', 'guest', {
  name: 'resume_run',
  title: 'Let a paused agent go on',
  description:
    'Lifts your pause of an agent, as all see there. It goes on when nobody else has paused it; an owner overrides the others.',
});

export const takeOver = controlAction('take_over', 'member', {
  name: 'take_over',
  title: 'Take work over from an agent',
  description:
    'Takes what an agent does in a conversation into your own hands, as all see there. It does nothing until you hand it back.',
});

/** `least`: the lowest role that may do it. */
function controlAction(
  kind: ControlKind,
  least: ActorRole,
  words: { name: string; title: string; description: string },
) {
  return action({
    ...words,
    input: CONTROL_INPUT,
    effect: 'write',
    allow: onlyPeople(least),
    load: (read, input, ctx) => controlNamed(read, ctx, kind, input),
    decide({ facts, agents }, _input, ctx) {
      const { changes, deliveries, still } = controlled(ctx, facts, { kind, agents });
      return { changes, deliveries, result: shownControl(facts, { agents, still }) };
    },
  });
}
