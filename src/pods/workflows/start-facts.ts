// Reads what the start of a workflow needs: its conversation, the hours of those who get tasks, and what sets agents to work.
import type { Reader } from '../../log/action.ts';
import { isAgent, type Named, type ParticipantId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../conversations/conversation.ts';
import type { OwnHours } from '../preferences/preference.ts';
import { hoursAmong } from '../tasks/due/due-moments.ts';
import { type Calling, callingOf } from '../tasks/set-to-work.ts';
import { takenNames } from './step-files.ts';
import { inOrder } from './step-order.ts';
import { peopleOfSteps, type StepPeople } from './step-people.ts';
import type { WorkflowFacts, WorkflowStep } from './workflow.ts';

export interface StartFacts {
  name: string;
  version: number;
  definition: WorkflowFacts;
  roles: ReadonlyMap<string, Named>;
  /** The local date of the start. */
  day: string;
  /** The names of files that earlier starts have. */
  taken: ReadonlySet<string>;
  /** The participant who has the whole: they hear what becomes of the steps. */
  owner: Named | undefined;
  /** The conversation in which it is started. Absent: it gets one of its own. */
  conversation: ConversationDoc | undefined;
  hours: ReadonlyMap<ParticipantId, OwnHours>;
  /** By the ids of steps. */
  people: ReadonlyMap<string, StepPeople>;
  /** By the ids of steps that agents begin at once. */
  callings: ReadonlyMap<string, Calling>;
}

/** The ids and the messages of one act have numbers: those of steps begin here. */
export const FIRST_STEP = 100;
/** An agent that is set to work takes up to so many. */
export const APART = 10;

export async function startFacts(
  read: Reader,
  ctx: Ctx,
  known: Pick<StartFacts, 'name' | 'version' | 'definition' | 'roles' | 'owner' | 'day'> & {
    conversation?: string | undefined;
  },
): Promise<StartFacts> {
  const { definition, roles, owner, day, conversation: id } = known;
  const conversation = id ? await read.get(CONVERSATIONS, id) : undefined;
  const who = [...new Set([...roles.values()].map((one) => one.id))];
  const hours = new Map(
    await Promise.all(who.map(async (one) => [one, await hoursAmong(read, [one, owner?.id])] as const)),
  );
  const people = await peopleOfSteps(read, ctx.pod, definition, roles);
  const callings = new Map<string, Calling>();
  for (const step of stepsOf(definition).filter(({ after }) => !after.length)) {
    const assignee = roles.get(step.who)?.id;
    if (!isAgent(assignee)) continue;
    // An agent that starts it and has the first step itself is at work in this conversation already.
    const self = assignee === ctx.actor && !conversation;
    const calling = await callingOf(read, ctx, { assignee, conversation: conversation?.id ?? ctx.id('c'), self });
    if (calling) callings.set(step.id, calling);
  }
  const taken = await takenNames(read, { pod: ctx.pod, day, steps: definition.steps });
  return { ...known, conversation, hours, people, callings, taken };
}

/** Returns the steps so that each stands behind those it comes after. */
export function stepsOf({ steps }: WorkflowFacts): readonly WorkflowStep[] {
  const order = inOrder(steps);
  // A file with a circle is refused before it is imported.
  return 'circle' in order ? steps : order.steps;
}
