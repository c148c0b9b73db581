// request_review: asks the reviewers of a task to look at what was made. It never changes who has the task.
import { z } from 'zod';
import { Conflict, InvalidInput } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isAgent, type ParticipantId } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import { called, memberNamed, namesOfAll } from '../../people/directory.ts';
import { MEMBERS_INPUT } from '../../people/names.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { partNews, partTold } from '../graph/part-news.ts';
import { isActive } from '../graph/ready.ts';
import { refuseWaiting } from '../graph/refuse-waiting.ts';
import type { TaskDoc } from '../task.ts';
import { shownTask, taskInput } from '../task-words.ts';
import { freeFor, toWake, wake } from './ask-reviewers.ts';
import { evolveReview } from './evolve-review.ts';
import { refuseToolless } from './refuse-toolless.ts';
import { MOST_REVIEWERS, type ReviewChange, ROUNDS } from './review.ts';
import { pending, reviewersOf, reviewState, verdictOf } from './review-state.ts';
import { namedIn, reviewWords } from './review-words.ts';
import { versionOf } from './version.ts';

export const reviewersInput = z.array(z.string().min(1)).max(MOST_REVIEWERS);

/** The most characters of comments. */
export const MOST_COMMENTS = 4000;

const input = z.strictObject({
  task: taskInput,
  reviewers: reviewersInput.optional().describe(`${MEMBERS_INPUT}; those it has when absent`),
  note: z.string().trim().min(1).max(MOST_COMMENTS).optional().describe('What to look at, or what has changed'),
});

export const requestReview = action({
  name: 'request_review',
  title: 'Ask for a review',
  description:
    'Asks the reviewers of a task to approve what was made, or send it back: the versions of its attached files, or its text if it has none. You are woken with what they say.',
  input,
  effect: 'write',
  load: found,
  decide({ task, asked, names, waking, news, note }, _input, ctx) {
    requirePod(ctx);
    refuseWaiting(task, names);
    const noteRef = note ? ctx.text(note) : undefined;
    const change: ReviewChange = { type: 'review_asked', ...asked, ...(noteRef ? { noteRef } : {}) };
    const after = { ...task, ...evolveReview(task, change, { pod: ctx.pod, actor: ctx.actor, at: ctx.at, seq: 0 }) };
    // Asked again within a round, it counts for the limits of its cause.
    const isNext = asked.round > (task.review?.round ?? 0);
    const round = `round ${asked.round} of ${asked.most}`;
    const given = {
      why: 'review' as const,
      round,
      ...(note && noteRef ? { note, noteRef } : {}),
      ...(isNext ? freeFor(task) : {}),
    };
    const woken = wake(ctx, waking, task, given);
    const told = news && partTold(ctx, news);
    return {
      changes: [
        { v: 1, on: 'tasks', id: task.id, ...change, ...woken.told },
        ...woken.changes,
        ...(told?.changes ?? []),
      ],
      deliveries: [...woken.deliveries, ...(told?.deliveries ?? [])],
      result: { task: shownTask(after, names), ...woken.left },
    };
  },
});

async function found(read: Reader, { task: named, reviewers, note }: z.infer<typeof input>, ctx: Ctx) {
  const task = await taskNamed(read, ctx.pod, named);
  const wanted = reviewers && (await Promise.all(reviewers.map((one) => memberNamed(read, ctx.pod, one))));
  const [names, version] = await Promise.all([
    namesOfAll(read, [task.assignee, ...namedIn(task), ...(wanted ?? []).map(({ id }) => id)]),
    versionOf(read, task),
  ]);
  const { number } = task;
  if (!isActive(task)) throw new Conflict(`#${number} is ${task.state}. reopen_task opens it again.`);
  const asked = asking(task, { wanted: wanted?.map(({ id }) => id), version, by: ctx.actor, note });
  if (typeof asked === 'string') {
    const words = reviewWords(task, names);
    const holder = task.assignee && called(names, task.assignee).name;
    throw refusals[asked](`#${number}`, words ?? '', holder ?? 'Nobody');
  }
  await refuseToolless(read, [...(wanted ?? []).map(({ id }) => id), ...asked.ask]);
  const [waking, news] = await Promise.all([
    toWake(read, ctx, task, wakesFor(task, asked)),
    // The assignee of the whole hears once that a part is to be looked at.
    (task.review?.turn ?? 0) === 0 ? partNews(read, ctx, { part: task, became: 'review' }) : undefined,
  ]);
  return { task, asked, names, waking, news, note };
}

/** If those who are left have approved it all, nobody is to look, and whoever has the task hears that. */
function wakesFor(task: TaskDoc, { ask, reviewers }: Asked): (ParticipantId | undefined)[] {
  const approved = ({ review }: TaskDoc, who: ParticipantId) =>
    review?.verdicts.some((one) => one.who === who && one.is === 'approved') || who === task.assignee;
  return !ask.length && reviewers.every((who) => approved(task, who)) ? [task.assignee] : ask;
}

const refusals = {
  nobody: (task: string) =>
    new InvalidInput(
      `${task} has no reviewers. Name them in the field “reviewers” of request_review, as in “ben”; they may be people or agents.`,
    ),
  own: (_task: string, _words: string, holder: string) =>
    new InvalidInput(`${holder} has the task, and nobody reviews their own work. Name somebody else.`),
  same: (task: string, words: string) => new Conflict(`${task} is ${words}; nothing has changed since.`),
  used: (task: string, words: string) => new Conflict(`${task} was ${words}. You are woken when they have.`),
  unchanged: (task: string, words: string) =>
    new Conflict(
      `${task} was ${words}, and nothing has changed since. Write a new version first; if the change is elsewhere, say in note what it is.`,
    ),
} as const;

type Asked = Omit<Extract<ReviewChange, { type: 'review_asked' }>, 'type' | 'noteRef'>;

/** Pure. Returns the request, or why there is none. Agents name further reviewers, and take none away. */
export function asking(
  task: TaskDoc,
  {
    wanted,
    version,
    by,
    note,
  }: { wanted: ParticipantId[] | undefined; version: string; by: ParticipantId; note?: string | undefined },
): Asked | keyof typeof refusals {
  const { review, assignee } = task;
  const before = review?.reviewers ?? [];
  const reviewers = [...new Set(wanted ? (isAgent(by) ? [...before, ...wanted] : wanted) : before)];
  if (wanted?.some((who) => who === assignee)) return 'own';
  const looking = reviewers.filter((who) => who !== assignee);
  if (!looking.length) return 'nobody';
  const stands = reviewState(task);
  const isSame = version === review?.version;
  const isChanged = looking.join() !== reviewersOf(task).join();
  if (stands === 'used' && isAgent(by)) return 'used';
  if (stands === 'back' && isSame && !note) return 'unchanged';
  if ((stands === 'asked' || stands === 'approved') && isSame && !isChanged) return 'same';
  // A reviewer who has approved this version, or is asked about it already, is not asked again.
  const asked = stands === 'asked' && isSame ? pending(task) : [];
  const ask = looking.filter((who) => !(isSame && verdictOf(task, who)?.is === 'approved') && !asked.includes(who));
  const last = review?.round ?? 0;
  const round = stands === 'back' || stands === 'used' ? last + 1 : Math.max(1, last);
  return { version, reviewers, ask, round, most: Math.max(review?.most ?? ROUNDS, round) };
}
