// report_failure (Skein's own): posts a notice that an agent failed, or that its work waits. It is no message of the
// conversation: who spoke last, the hops and the followers stay as they were. It wakes nobody there, and is for whoever
// asked. An agent that gave the task hears of it in its own conversation, as it hears of the end.
import { z } from 'zod';
import type { Reader } from '../../log/action.ts';
import { ERASED } from '../../log/body.ts';
import { type AgentId, isAgent, isPerson, type ParticipantId, type PersonId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import { MESSAGES } from '../conversations/message.ts';
import { newMessage } from '../conversations/new-message.ts';
import { messageText } from '../conversations/post-message.ts';
import type { DeliveryWish } from '../deliveries.ts';
import type { Change } from '../kinds.ts';
import { MEMBERS, memberId } from '../members/member.ts';
import { PEOPLE, type PersonDoc } from '../people/person.ts';
import { conversationNamed } from '../require.ts';
import { type GiverCalling, givingAgents, tellGivers } from '../tasks/giving/tell-givers.ts';
import type { Given } from '../tasks/set-to-work.ts';
import { ACTIVE, TASKS, type TaskDoc } from '../tasks/task.ts';

export const reportFailure = action({
  name: 'report_failure',
  title: 'Report a failure',
  description: 'Says in a conversation that a run failed; whoever reads it can let the agent try once more.',
  input: z.strictObject({
    conversation: z.string(),
    text: messageText,
    /** The message that set the agent to work. */
    because: z.string().optional(),
    /** Set if the work only waits: Skein tries again by itself. */
    waits: z.literal(true).optional(),
  }),
  effect: 'write',
  internal: true,
  async load(read, { conversation, because, waits }, ctx) {
    const doc = await conversationNamed(read, ctx.pod, conversation);
    const tasks = waits ? [] : await tasksHere(read, ctx, doc.id, because);
    return { doc, asker: await askerOf(read, ctx, because), heard: await waitingFor(read, ctx, doc.id, tasks) };
  },
  allow: (_view, _input, ctx) => isAgent(ctx.actor) || 'Only an agent tells that its run failed.',
  decide({ doc, asker, heard }, { text, waits }, ctx) {
    const message = ctx.id('m');
    const calls = asker && !waits && isElsewhere(ctx, doc, asker) ? asker : undefined;
    // The message calls nobody else, even if the reason contains names.
    const known = new Map<string, ParticipantId>(
      calls ? [[calls.handle.toLowerCase(), calls.id as ParticipantId]] : [],
    );
    const words = calls ? `@${calls.handle} ${text}` : text;
    const added = newMessage(ctx, { id: doc.id, doc }, { message, text: words, known, at: ctx.at });
    // The others of this act have lower numbers.
    const told = heard.map(({ about, givers }, n) =>
      tellGivers({ ...ctx, id: (kind, at = 0) => ctx.id(kind, at + MOST_NUMBERS * (n + 1)) }, givers, {
        ...{ why: 'failed', task: about },
        ...(asker ? { wishers: { onBehalfOf: asker.id as PersonId } } : {}),
      }),
    );
    return {
      changes: [
        ...added.changes.map((one) => asNotice(one, waits)),
        ...(waits ? [] : [runOver(ctx, doc)]),
        ...told.flatMap(({ changes, told: { reports } }, n): Change[] => [
          ...changes,
          ...(reports
            ? [
                {
                  v: 1 as const,
                  on: 'tasks' as const,
                  id: heard[n]?.about.id ?? '',
                  type: 'task_updated' as const,
                  reports,
                },
              ]
            : []),
        ]),
      ],
      deliveries: [
        ...added.deliveries.flatMap((one) => forAsker(one, asker)),
        ...told.flatMap(({ deliveries }) => deliveries),
      ],
      result: { message: { id: message, conversation: doc.id } },
    };
  },
});

/** The most tasks of one failed run whose givers hear of it. */
const MOST_TASKS = 5;
/** More than the messages of one task need. */
const MOST_NUMBERS = 1000;

/** Returns the tasks on which the run worked: the one that woke it, else those that the agent has in this conversation. */
async function tasksHere(read: Reader, { actor }: Ctx, conversation: string, because?: string): Promise<TaskDoc[]> {
  const line = because ? (await read.get(MESSAGES, because))?.line : undefined;
  const found = line
    ? [await read.get(TASKS, line.task)]
    : await read.find(TASKS, { where: { conversation }, limit: 100 });
  const active: readonly string[] = ACTIVE;
  return found
    .filter((one): one is TaskDoc => one !== undefined && one.assignee === actor && active.includes(one.state))
    .slice(0, MOST_TASKS);
}

interface HeardOf {
  about: Given['task'];
  givers: GiverCalling[];
}

/** Returns the agents that gave the tasks. They are woken within the limits of what caused the run. */
async function waitingFor(read: Reader, ctx: Ctx, conversation: string, tasks: readonly TaskDoc[]): Promise<HeardOf[]> {
  const found = await Promise.all(
    tasks.map(async (task) => ({ task, givers: await givingAgents(read, { ...ctx, conversation }, task) })),
  );
  const heard = found.filter(({ givers }) => givers.length);
  const titles = await read.texts(heard.map(({ task }) => task.titleRef));
  return heard.map(({ task, givers }) => ({
    about: { ...task, title: titles.get(task.titleRef) ?? ERASED, label: task.labels?.titleRef },
    givers,
  }));
}

/** Returns the person for whom the run worked, if they are still in the pod. */
async function askerOf(read: Reader, ctx: Ctx, because: string | undefined): Promise<PersonDoc | undefined> {
  const message = because ? await read.get(MESSAGES, because) : undefined;
  const who = [ctx.onBehalfOf, message?.by, message?.onBehalfOf].find(isPerson);
  if (!who) return undefined;
  const [person, member] = await Promise.all([read.get(PEOPLE, who), read.get(MEMBERS, memberId(ctx.pod, who))]);
  return member?.state === 'in' ? person : undefined;
}

/** True if the person has not written here, so that Slack does not tell them of what is posted in the thread. */
function isElsewhere({ podDoc }: Ctx, { people }: ConversationDoc, { id }: PersonDoc): boolean {
  return !podDoc?.direct && !people.some((one) => one === id);
}

function runOver({ actor }: Ctx, { id }: ConversationDoc): Change {
  return { v: 1, on: 'conversations', id, type: 'run_ended', agent: actor as AgentId };
}

function asNotice(change: Change, waits: true | undefined): Change {
  if (change.type === 'message_posted') return { ...change, notice: true, ...(waits ? {} : { failed: true }) };
  if (change.type !== 'message_added') return change;
  const { asks: _asks, ...added } = change;
  return { ...added, addressed: [], aside: true };
}

/** Leaves out the mails to others who follow the conversation: the notice is for whoever asked. */
function forAsker(wish: DeliveryWish, asker: PersonDoc | undefined): DeliveryWish[] {
  if (wish.kind !== 'mail') return wish.kind === 'wake' || wish.kind === 'halt' ? [] : [wish];
  const to = wish.to.filter((one) => one === asker?.id);
  return to.length ? [{ ...wish, to }] : [];
}
