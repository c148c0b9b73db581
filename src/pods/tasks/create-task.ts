// create_task: creates a task for a person or an agent.
import { z } from 'zod';
import { takenIn, versioned } from '../../log/labels/label.ts';
import { isAgent } from '../../log/participant.ts';
import { action } from '../action.ts';
import { askersOf } from '../members/rights.ts';
import { memberNamed } from '../people/directory.ts';
import { MEMBER_INPUT, MEMBERS_INPUT } from '../people/names.ts';
import { conversationNamed, requirePod } from '../require.ts';
import { hoursAmong, nextDueAt } from './due/due-moments.ts';
import { giverIn } from './giving/givers.ts';
import { MOST_EDGES } from './graph/edge.ts';
import { edgesOf } from './graph/evolve-edges.ts';
import { joined, joiningOf } from './graph/joining.ts';
import { refuseToolless } from './review/refuse-toolless.ts';
import { reviewersInput } from './review/request-review.ts';
import { newReview } from './review/review.ts';
import { reviewersFor } from './review/reviewers-for.ts';
import { callingOf, setToWork } from './set-to-work.ts';
import { dueInput, shownTask, TASK_INPUT, TASKS_INPUT, taskInput, textInput, titleInput } from './task-words.ts';

export const createTask = action({
  name: 'create_task',
  title: 'Create a task',
  description:
    'Creates a task of the pod, for work that somebody does later or in your place. All members see it; a person who gets it is told, an agent begins at once.',
  input: z.strictObject({
    title: titleInput,
    text: textInput.optional(),
    assignee: z.string().min(1).optional().describe(MEMBER_INPUT),
    due: dueInput.optional(),
    depends_on: z.array(taskInput).max(MOST_EDGES).optional().describe(`${TASKS_INPUT}, to be done first`),
    reviewers: reviewersInput.optional().describe(`${MEMBERS_INPUT}: they approve it first`),
    parent: taskInput.optional().describe(`${TASK_INPUT} that it is a part of`),
    conversation: z.string().optional().describe('Where it came up; yours when absent'),
  }),
  effect: 'write',
  async load(read, { assignee, conversation, due, depends_on, parent, reviewers = [] }, ctx) {
    const home = conversation ?? ctx.conversation;
    const who = assignee ? await memberNamed(read, ctx.pod, assignee) : undefined;
    const thread = home ? await conversationNamed(read, ctx.pod, home) : undefined;
    const joining = await joiningOf(read, ctx.pod, { depends_on, parent });
    // An agent begins when nothing is left to wait for.
    const begins = joining.edges.tasks.every(({ state }) => state === 'done') ? who?.id : undefined;
    const looking = await Promise.all(reviewers.map((one) => memberNamed(read, ctx.pod, one)));
    await refuseToolless(
      read,
      looking.map(({ id }) => id),
    );
    return {
      joining,
      looking,
      assignee: who,
      conversation: thread,
      dueAt: due ? nextDueAt(due, await hoursAmong(read, [who?.id, ctx.actor, ctx.onBehalfOf]), ctx.at) : undefined,
      calling: await callingOf(read, ctx, { assignee: begins, conversation: thread?.id, fresh: true }),
    };
  },
  decide({ assignee, conversation, calling, dueAt, joining, looking }, { title, text, due }, ctx) {
    const pod = requirePod(ctx);
    const [person] = askersOf(ctx);
    const { title: label, text: textLabel } = takenIn(ctx);
    const task = {
      id: ctx.id('t'),
      number: pod.tasks + 1,
      titleRef: ctx.text(title, label),
      ...(assignee ? { assignee: assignee.id } : {}),
      ...(due ? { due } : {}),
    };
    const reviewers = reviewersFor(looking, assignee);
    const edges = joined(joining, task.number);
    const given = { why: 'given' as const, task: { ...task, title, label } };
    const set = isAgent(assignee?.id) ? setToWork(ctx, calling, { ...given, to: assignee.id }) : undefined;
    return {
      changes: [
        {
          ...versioned({ titleRef: label, body: text ? textLabel : undefined }),
          on: 'tasks',
          type: 'task_created',
          ...task,
          ...edges,
          ...(reviewers.length ? { reviewers } : {}),
          ...(text ? { body: ctx.text(text, textLabel) } : {}),
          ...(conversation ? { conversation: conversation.id } : {}),
          ...(dueAt === undefined ? {} : { dueAt }),
          ...(isAgent(ctx.actor) && person ? { givenBy: person } : {}),
          ...giverIn(ctx, assignee?.id),
          ...set?.told,
        },
        { v: 1, on: 'pods', id: ctx.pod, type: 'task_counted', number: task.number },
        ...(set?.changes ?? []),
      ],
      deliveries: set?.deliveries ?? [],
      result: {
        task: shownTask(
          {
            ...task,
            ...edgesOf(edges.waits),
            ...newReview(reviewers),
            state: 'open',
            ...(label ? { labels: { titleRef: label } } : {}),
          },
          new Map([...looking, ...(assignee ? [assignee] : [])].map((one) => [one.id, one])),
        ),
        ...set?.left,
      },
    };
  },
});
