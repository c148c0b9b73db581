// question_due (Skein's own): reminds those asked, passes the question on, or ends it when its time is over.
import { z } from 'zod';
import { Conflict } from '../../../errors.ts';
import type { PersonId } from '../../../log/participant.ts';
import { action, type Decision } from '../../action.ts';
import { causeOfTimer } from '../../conversations/cause.ts';
import { CONVERSATIONS } from '../../conversations/conversation.ts';
import { ownersIn } from '../../members/members-of.ts';
import { present } from '../../members/present.ts';
import { peopleOf } from '../../people/directory.ts';
import type { PodDoc } from '../../pod/pod.ts';
import { requirePod } from '../../require.ts';
import { numberOf, type QuestionDoc } from '../question.ts';
import { questionNamed } from '../question-words.ts';
import { passAll } from '../settling/follow-work.ts';
import { hearingOf, withTasks } from '../settling/hearing.ts';
import { expire, pass, type Settling, shown, undecided } from '../settling/settle.ts';
import { isBetween } from '../settling/settle-between.ts';
import { answererOf } from '../settling/stand-in.ts';
import { awayOf, hoursOfAsked } from './hours-of-asked.ts';
import { type AskedHours, afterHours, afterWorkingDay, HOUR_MS } from './needed-by.ts';

export const questionDue = action({
  name: 'question_due',
  title: 'Look after a question',
  description: 'Reminds of an open question, passes it to its fallback, or ends it when nobody answered in time.',
  input: z.strictObject({ question: z.string(), due: z.number() }),
  effect: 'write',
  internal: true,
  async load(read, { question }, ctx) {
    const doc = await questionNamed(read, ctx.pod, question);
    const [put] = await withTasks(read, [doc]);
    const people = await peopleOf(read, [...doc.asked, doc.fallback]);
    const known = people.filter(({ state }) => state === 'in').map(({ id }) => id as PersonId);
    const staying = await present(read, ctx.pod, known);
    const ownerIds = await ownersIn(read, ctx.pod);
    const gone = doc.asked.filter((one) => !staying.includes(one));
    const asked = [...new Set([...doc.asked.filter((one) => staying.includes(one)), ...(doc.role ? ownerIds : [])])];
    const { hearsIn } = hearingOf(put ?? { question: doc });
    const newest = doc.passed?.at(-1)?.to;
    const last = newest === 'owners' ? ownerIds : newest && staying.includes(newest) ? [newest] : asked;
    return {
      ...{ put: put ?? { question: doc }, gone, staying, owners: ownerIds, away: await awayOf(read, asked, ctx.at) },
      hours: await hoursOfAsked(read, asked, ctx.at),
      last: await hoursOfAsked(read, last, ctx.at),
      cause: await causeOfTimer(read, ctx.pod, { id: hearsIn, doc: await read.get(CONVERSATIONS, hearsIn) }),
    };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein looks after questions.',
  decide(
    { put, hours, last, owners, gone, staying, away, cause },
    { due },
    ctx,
  ): Decision<{ done: Done; question: string }> {
    const pod = requirePod(ctx, { archived: true });
    const { question } = put;
    const q = numberOf(question);
    const result = (done: Done) => ({ done, question: q });
    if (question.state !== 'open' || question.dueAt !== due) throw new Conflict(`Nothing about ${q} is due any more.`);
    if (isBetween(question) && !question.role) return { ...undecided(put), result: result('passed') };
    const { neededBy, fallback, passed = [] } = question;
    if (neededBy !== undefined && neededBy <= ctx.at) {
      const until = fairEnd(question, last);
      if (until <= ctx.at) return { ...resting(pod, expire(put, cause)), result: result('expired') };
      return {
        changes: [{ v: 1, on: 'questions', id: question.id, type: 'question_extended', neededBy: until }],
        deliveries: shown(question),
        result: result('extended'),
      };
    }
    const [one] = gone;
    if (one) {
      const left = (who: PersonId) => !staying.includes(who);
      return { ...passAll([put], one, left, ctx.at), result: result('passed') };
    }
    const next = neededBy ?? Math.max(...hours.map((one) => afterWorkingDay(ctx.at, one)));
    const silent = waiting(question, owners);
    const allAway = silent.length > 0 && silent.every((one) => [...away.alone, ...away.doubled].includes(one));
    const free = owners.some((one) => one !== question.by && !question.asked.includes(one));
    // Nobody reminds people who are away and have no deputy: somebody else is asked.
    const ripe = neededBy !== undefined || question.remindedAt !== undefined || allAway;
    // An owner who is asked as one is not asked in the place of the owners.
    const isAsked = fallback && (question.asked.includes(fallback) || (question.role && owners.includes(fallback)));
    if (ripe && fallback && !passed.length && !isAsked) {
      return { ...pass(put, silent, fallback, allAway ? 'away' : 'silent', neededBy ?? 0), result: result('passed') };
    }
    // A deputy who was asked too has answered for themselves, and answers once: another pair of eyes is asked.
    if (allAway && silent.some((one) => away.doubled.includes(one)) && !passed.length && !question.role && free)
      return { ...pass(put, silent, 'owners', 'away', neededBy ?? 0), result: result('passed') };
    // Reminded once, and once more without a fallback; then it waits in the lists.
    const again = neededBy ?? (question.remindedAt === undefined ? next : 0);
    return {
      changes: [{ v: 1, on: 'questions', id: question.id, type: 'question_reminded', dueAt: again }],
      result: result('reminded'),
    };
  },
});

/** No agent works in an archived pod. It hears the outcome once the pod is restored. */
function resting({ state }: PodDoc, { changes, deliveries }: Settling): Settling {
  return { changes, deliveries: state === 'archived' ? deliveries.filter(({ kind }) => kind !== 'wake') : deliveries };
}

type Done = 'expired' | 'extended' | 'passed' | 'reminded';

/**
 * Returns when one of those who were asked last has had an hour of working time to answer. The question does not end
 * before, for example if it has just passed to somebody whose day is over.
 */
function fairEnd({ at, passed }: QuestionDoc, hours: readonly AskedHours[]): number {
  const asked = passed?.at(-1)?.at ?? at;
  return Math.min(...hours.map(({ since: _since, ...one }) => afterHours(asked, HOUR_MS, one)));
}

/** Those asked who have not answered yet. */
function waiting({ by, asked, role, answers }: QuestionDoc, owners: readonly PersonId[]): PersonId[] {
  const all = [...new Set([...asked, ...(role ? owners : [])])];
  return all.filter((one) => one !== by && !answers.some((answer) => answererOf(answer) === one));
}
