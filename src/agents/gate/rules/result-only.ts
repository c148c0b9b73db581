// The rule for people who want the result only: the agent asks and posts nothing before it, decides what it may decide, and says
// with the result what it assumed.
import type { Reader } from '../../../log/action.ts';
import type { Ears } from '../../../log/ears.ts';
import { isPerson, type Named, type ParticipantId, type PersonId } from '../../../log/participant.ts';
import { mentions } from '../../../pods/conversations/addressing.ts';
import type { Call } from '../../../pods/decide.ts';
import { interrupted, levelsOf } from '../../../pods/involvement/binding.ts';
import { present } from '../../../pods/members/present.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { bindingIn } from '../../../pods/runs/steps/holders.ts';
import type { TaskDoc } from '../../../pods/tasks/task.ts';
import { type Refusal, refuse, rule } from '../verdict.ts';
import { wishedTasks } from '../wished-tasks.ts';

/** Each of these may interrupt people in the middle of the work: by a question, a post, a name in an edit, or work that they get. */
const DOES: Readonly<Record<string, 'ask' | 'post' | 'edit' | 'give'>> = {
  ask: 'ask',
  post_message: 'post',
  start_conversation: 'post',
  edit_message: 'edit',
  create_task: 'give',
  assign_task: 'give',
};
export const INTERRUPTING: readonly string[] = Object.keys(DOES);

type Facts = { names: readonly string[] } & (
  | { does: 'ask' | 'post' | 'give'; instead: readonly string[] }
  | { does: 'finish'; task: number; listed: boolean }
);

export const resultOnly = rule<Facts>({
  name: 'result only',
  load(read, call: Call) {
    const { definition, request } = call;
    const { answer, ears, facts } = request;
    if (!ears || answer) return undefined;
    const name = calledIn(call);
    if (name === 'complete_task') return finishing(read, call);
    if (!INTERRUPTING.includes(name) || definition.effect === 'read') return undefined;
    // The agent may not do itself what it needs: that is for people.
    if (name === 'ask' && facts?.refused?.()) return undefined;
    return interrupting(read, call, ears, name);
  },
  judge(facts): Refusal | undefined {
    const who = facts.names.join(' and ');
    const want = facts.names.length > 1 ? 'want' : 'wants';
    if (!who) return undefined;
    if (facts.does === 'finish') {
      if (facts.listed) return undefined;
      const text = `${who} ${want} only the result of #${facts.task}, so it says what you assumed: complete_task with assumptions, an empty list if there are none.`;
      return left(text);
    }
    const instead = facts.instead.length ? ` Or ask ${facts.instead.join(' or ')}, who stays closer.` : '';
    switch (facts.does) {
      case 'ask':
        return left(
          `Not asked: ${who} ${want} only the result. Decide it yourself, go on, and list what you assumed with the result (assumptions of complete_task, or in your answer).${instead}`,
        );
      case 'post':
        return left(
          `Not posted: ${who} ${want} only the result, and nothing before it. Keep it for your answer. Another agent gets work by a task.`,
        );
      case 'give':
        return left(
          `Not given: ${who} ${want} only the result, and no task before it. Do it yourself, or say in your answer what is left for ${who}.`,
        );
      default:
        facts satisfies never;
        return undefined;
    }
  },
});

function left(why: string): Refusal {
  return { ...refuse(why), left: true };
}

/** An act in another log is permitted in this one first, by its name. */
function calledIn({ definition: { name }, request: { input } }: Call): string {
  if (name !== 'permit_act') return name;
  const { action } = input as { action?: unknown };
  return typeof action === 'string' ? action : name;
}

async function interrupting(
  read: Reader,
  { ctx, loaded, request: { input } }: Call,
  { conversation, woken: since }: Ears,
  name: string,
): Promise<Facts | undefined> {
  const how = DOES[name];
  // An edit that names nobody anew, and a task for an agent or for nobody, interrupt nobody.
  const given = how === 'give' ? givenIn(loaded?.view) : [];
  if (how === 'give' ? !given.length : how === 'edit' && !namedAnew(loaded?.view, input)) return undefined;
  const binding = await bindingIn(read, ctx, conversation);
  const quiet =
    how === 'give'
      ? binding.quiet.filter((one) => given.includes(one))
      : interrupted(binding, how === 'ask' ? askedIn(loaded?.view) : undefined);
  // A task that somebody has asked for is their wish, and interrupts nobody.
  const where = { pod: ctx.pod, conversation, agent: ctx.actor, since };
  const wished = how === 'give' && quiet.length ? await wishedTasks(read, quiet, where) : [];
  const who = quiet.filter((one) => !wished.includes(one));
  if (!who.length) return undefined;
  const instead = how === 'ask' ? binding.closer : [];
  const names = await namesOfAll(read, [...who, ...instead]);
  const does = how === 'ask' || how === 'give' ? how : 'post';
  return { does, names: namesIn(names, who), instead: namesIn(names, instead) };
}

/** Returns the person who gets the task; empty for an agent or nobody. */
function givenIn(view: unknown): PersonId[] {
  const { assignee } = (view ?? {}) as { assignee?: Named };
  return [assignee?.id].filter(isPerson);
}

/** True if the new text names a person whom the text before it did not name. */
function namedAnew(view: unknown, input: unknown): boolean {
  const { before = '', known } = (view ?? {}) as { before?: string; known?: ReadonlyMap<string, ParticipantId> };
  const { text = '' } = input as { text?: string };
  const peopleIn = (words: string) =>
    mentions(words).flatMap((names) => {
      const name = names.find((one) => known?.has(one));
      const who = name && known?.get(name);
      return who && isPerson(who) ? [who] : [];
    });
  const old = new Set(peopleIn(before));
  return peopleIn(text).some((who) => !old.has(who));
}

/** Any owner may answer: a question to them is put to those who may be asked. */
function askedIn(view: unknown): PersonId[] {
  const { people = [] } = (view ?? {}) as { people?: readonly Named[] };
  return people.map(({ id }) => id).filter(isPerson);
}

async function finishing(read: Reader, { ctx, loaded, request: { input } }: Call): Promise<Facts | undefined> {
  const { task } = (loaded?.view ?? {}) as { task?: TaskDoc };
  if (!task) return undefined;
  const quiet = levelsOf(task, ctx.podDoc).filter(({ level }) => level === 'result');
  const who = await present(
    read,
    ctx.pod,
    quiet.map((one) => one.who),
  );
  if (!who.length) return undefined;
  const listed = (input as { assumptions?: unknown }).assumptions !== undefined;
  return { does: 'finish', names: namesIn(await namesOfAll(read, who), who), task: task.number, listed };
}

function namesIn(names: ReadonlyMap<ParticipantId, Named>, who: readonly ParticipantId[]): string[] {
  return who.map((one) => called(names, one).name);
}
