// approve, send_back: a reviewer of a task says whether what was made is good.
import { z } from 'zod';
import { Conflict, NotAllowed } from '../../../errors.ts';
import type { Reader } from '../../../log/action.ts';
import { isPerson, type Named, type ParticipantId } from '../../../log/participant.ts';
import { action, type Ctx } from '../../action.ts';
import { MEMBERS, mayDecide, memberId } from '../../members/member.ts';
import { called, namesOfAll } from '../../people/directory.ts';
import { absentOf } from '../../preferences/deputy.ts';
import { requirePod, taskNamed } from '../../require.ts';
import { partNews, partTold } from '../graph/part-news.ts';
import { isActive } from '../graph/ready.ts';
import { listed } from '../graph/waits-words.ts';
import type { TaskDoc } from '../task.ts';
import { shownTask, taskInput } from '../task-words.ts';
import { freeFor, toWake, wake } from './ask-reviewers.ts';
import { beyondInput, proposed } from './beyond.ts';
import { evolveReview } from './evolve-review.ts';
import { toollessAmong } from './refuse-toolless.ts';
import { MOST_COMMENTS } from './request-review.ts';
import type { ReviewChange, Verdict } from './review.ts';
import { deciderOf, reviewersOf, reviewState, verdictOf } from './review-state.ts';
import { namedIn, reviewWords } from './review-words.ts';
import { decides, type Judge, reviewerFor } from './stand-in.ts';
import { versionOf } from './version.ts';

const comments = z.string().trim().min(1).max(MOST_COMMENTS);

export const approve = action({
  name: 'approve',
  title: 'Approve',
  description:
    'As a reviewer of a task, says that this version is good. Whoever has it is told when all reviewers have.',
  input: z.strictObject({
    task: taskInput,
    note: comments.optional(),
    turn: z.int().optional().describe('The request you mean; the newest when absent'),
    beyond: beyondInput,
  }),
  effect: 'write',
  // A guest who is asked may answer, too.
  allow: 'guest',
  load: (read, { task }, ctx) => found(read, task, ctx),
  decide(view, { note, turn, beyond }, ctx) {
    const { task, version, names } = view;
    const pod = requirePod(ctx);
    const reviewer = reviewerIn(view, ctx);
    const { number, review } = task;
    if (version !== review?.version || (turn !== undefined && turn !== review.turn))
      throw new Conflict(
        `There is a newer version for #${number} than the one you were asked about. Look at that first.`,
      );
    if (verdictOf(task, reviewer)?.is === 'approved')
      throw new Conflict(`You have approved #${number} already. It is ${reviewWords(task, names)}.`);
    const made = decided(view, { is: 'approved', reviewer, note }, ctx);
    const more = proposed(ctx, pod, task, beyond);
    return {
      changes: [...made.changes, ...more.changes],
      deliveries: made.deliveries,
      result: { ...made.result, ...(more.shown.length ? { proposed: more.shown } : {}) },
    };
  },
});

export const sendBack = action({
  name: 'send_back',
  title: 'Send back',
  description:
    'As a reviewer of a task, says what is to be mended; whoever has it is woken with that. Only what its words ask for: other findings go into beyond.',
  input: z.strictObject({ task: taskInput, comments, beyond: beyondInput }),
  effect: 'write',
  // A guest who is asked may answer, too.
  allow: 'guest',
  load: (read, { task }, ctx) => found(read, task, ctx),
  decide(view, { comments: note, beyond }, ctx) {
    const { task } = view;
    const pod = requirePod(ctx);
    const isMore = decides(task, judgeIn(view, ctx));
    const reviewer = isMore ? ctx.actor : reviewerIn(view, ctx);
    if (!isMore && verdictOf(task, reviewer)?.is === 'back')
      throw new Conflict(
        `You have sent #${task.number} back already, and hear when there is something to look at. More words go to its conversation.`,
      );
    const made = decided(view, { is: 'back', reviewer, note, ...(isMore ? { more: true } : {}) }, ctx);
    const more = proposed(ctx, pod, task, beyond);
    return {
      changes: [...made.changes, ...more.changes],
      deliveries: made.deliveries,
      result: { ...made.result, ...(more.shown.length ? { proposed: more.shown } : {}) },
    };
  },
});

async function found(read: Reader, named: string, ctx: Ctx) {
  const task = await taskNamed(read, ctx.pod, named);
  const [version, names, waking, news, absent, gone] = await Promise.all([
    versionOf(read, task),
    namesOfAll(read, [ctx.actor, task.assignee, ...namedIn(task)]),
    toWake(read, ctx, task, [task.assignee]),
    partNews(read, ctx, { part: task, became: 'rounds' }),
    isPerson(ctx.actor) ? absentOf(read, ctx.actor, ctx.at) : [],
    goneOf(read, task),
  ]);
  return { task, version, names, waking, news, absent, gone };
}

/** Returns the reviewers who are in the pod no more, or may not decide there, and the agents without the tools to answer. */
async function goneOf(read: Reader, task: TaskDoc): Promise<ParticipantId[]> {
  const reviewers = reviewersOf(task);
  const [members, toolless] = await Promise.all([
    Promise.all(reviewers.map((who) => read.get(MEMBERS, memberId(task.pod, who)))),
    toollessAmong(read, reviewers),
  ]);
  return reviewers.filter((who, n) => !mayDecide(members[n]) || toolless.includes(who));
}

type View = Awaited<ReturnType<typeof found>>;

function judgeIn({ absent, gone }: View, { actor, role }: Ctx): Judge {
  return { who: actor, role, absent, gone };
}

/** Returns whose verdict it is: the actor's own, or that of a reviewer who is away and whose deputy they are. */
function reviewerIn(view: View, ctx: Ctx): ParticipantId {
  const { task, names } = view;
  const { number, review } = task;
  if (!isActive(task)) throw new Conflict(`#${number} is ${task.state}, so there is nothing to review.`);
  const reviewer = reviewerFor(task, judgeIn(view, ctx));
  if (!reviewer) throw new NotAllowed(strangerWords(number, reviewersOf(task), names));
  if (!review?.version || reviewState(task) === 'to_ask')
    throw new Conflict(`Nobody has asked for a review of #${number} yet: request_review does.`);
  return reviewer;
}

function strangerWords(number: number, reviewers: readonly ParticipantId[], names: ReadonlyMap<ParticipantId, Named>) {
  const by = listed(reviewers.map((who) => called(names, who).name));
  return reviewers.length
    ? `#${number} is reviewed by ${by}, and each of them says it themselves.`
    : `Nobody reviews #${number}. request_review names reviewers.`;
}

/** `reviewer`: whose verdict it is. `more`: a person allows another round after the last. */
function decided(
  { task, names, waking, news, gone: left }: View,
  { is, reviewer, note, more }: { is: Verdict['is']; reviewer: ParticipantId; note?: string | undefined; more?: true },
  ctx: Ctx,
) {
  const noteRef = note ? ctx.text(note) : undefined;
  const absent = reviewer === ctx.actor ? undefined : reviewer;
  // An owner says it once for all who can't any more.
  const gone =
    absent && left.includes(absent) ? left.filter((one) => one === absent || !verdictOf(task, one)) : undefined;
  const isLast = is === 'back' && !more && reviewState(task) === 'asked' && isLastRound(task);
  const change: ReviewChange = {
    ...{ type: 'review_given', is },
    ...(gone ? { gone } : isPerson(absent) ? { for: absent } : {}),
    ...(noteRef ? { noteRef } : {}),
    ...(more ? { more } : {}),
    ...(isLast ? { used: deciderOf(task) } : {}),
  };
  const meta = { pod: ctx.pod, actor: ctx.actor, at: ctx.at, seq: 0 };
  const after = { ...task, ...evolveReview(task, change, meta) };
  // The last of several who approve is the one that is told of. A verdict that somebody changes wakes by the limits.
  const wakes = is === 'back' ? !isLast : reviewState(after) === 'approved';
  const first = !verdictOf(task, reviewer);
  const given = {
    why: is === 'back' ? ('sent_back' as const) : ('approved' as const),
    ...(note && noteRef ? { note, noteRef } : {}),
    ...(absent ? { absent: called(names, absent).name } : {}),
    ...(first || more ? freeFor(task) : {}),
  };
  const woken = wakes ? wake(ctx, waking, task, given) : undefined;
  const told = isLast && news ? partTold(ctx, news) : undefined;
  return {
    changes: [
      { v: 1 as const, on: 'tasks' as const, id: task.id, ...change, ...woken?.told },
      ...(woken?.changes ?? []),
      ...(told?.changes ?? []),
    ],
    deliveries: [...(woken?.deliveries ?? []), ...(told?.deliveries ?? [])],
    result: {
      task: shownTask(after, names),
      ...(absent ? { for: called(names, absent).name } : {}),
      ...woken?.left,
    },
  };
}

function isLastRound({ review }: TaskDoc): boolean {
  return review !== undefined && review.round >= review.most;
}
