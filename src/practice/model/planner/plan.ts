// The planner: decides the calls or the answer of one turn, only from the request. Pure.

import { createHash } from 'node:crypto';
import type { MessagesRequest, Plan } from '../wire.ts';
import type { Assigned } from './assigned.ts';
import { verdictsOn, wantsElse } from './due.ts';
import { takesBack } from './held.ts';
import { type Call, type Intent, say, type Talk, troubleOf } from './intent.ts';
import { goOn } from './intents/ask-person.ts';
import { wordsWithoutWork } from './intents/tasks/given-task.ts';
import { fallback, intents } from './intents.ts';
import { finished, reviewed, settling } from './own-task.ts';
import { readSituation, type Situation, type Wish } from './situation.ts';
import type { Outcome, Step } from './step.ts';
import { plainWish, sentencesOf, withNames } from './words.ts';

export const signature = '_Stand-in model: set an Anthropic API key for real answers._';

type Said = { kind: 'calls'; calls: readonly Call[] } | { kind: 'answer'; text: string };

export function plan(request: MessagesRequest): Plan {
  const situation = readSituation(request);
  const { held, wishes, due } = situation;
  const decided = wishes.flatMap(({ settled }) => settled?.answers.map(({ choice = '' }) => choice) ?? []);
  const said = [...wishes.map(({ text }) => text), ...decided];
  if (held.length && (takesBack(said) || decided.some(wantsElse))) return answer(leftWords(situation));
  if (held.length)
    return {
      content: [
        toolUse({ tool: 'go_ahead', input: { calls: held, ...verdictsOn(due) } }, situation, callId(request, 0)),
      ],
      stopReason: 'tool_use',
    };
  const left = [...situation.steps];
  const talks = wishes.flatMap((wish) => hear(wish, situation)).map((talk) => perform(talk(), situation, left));
  const calls = talks.flatMap((each) => (each.kind === 'calls' ? each.calls : []));
  if (calls.length > 0) {
    const first = due.length ? [{ tool: 'go_ahead', input: verdictsOn(due) }] : [];
    const all = [...first, ...calls];
    return { content: all.map((made, n) => toolUse(made, situation, callId(request, n))), stopReason: 'tool_use' };
  }
  const answers = talks.map((each) => (each.kind === 'answer' ? each.text : ''));
  const strays = left.flatMap(({ tool, outcome }) =>
    outcome.kind === 'failed' ? [`\`${tool}\` failed: ${outcome.text}`] : [],
  );
  const parts = [...answers, ...strays];
  if (parts.length === 0) parts.push(...situation.notices.map((notice) => `Noted: ${notice.slice(0, 300)}`));
  if (parts.length === 0) parts.push('There is nothing new for me here.');
  return answer(parts.join('\n\n'));
}

/** Names the tasks that have not begun, where there are several: else nobody hears that more than one was left. */
function leftWords({ wishes, steps }: Situation): string {
  const begun = steps.flatMap(({ tool, input, outcome }) =>
    tool === 'start_task' && outcome.kind === 'ok' ? [(input as { task?: string }).task] : [],
  );
  const refs = wishes.flatMap(({ assigned }) => (assigned && !begun.includes(assigned.ref) ? [assigned.ref] : []));
  if (refs.length < 2) return `${LEFT} Tell me what you want instead.`;
  return `${LEFT} I have begun none of ${refs.join(', ')}. Say “start ${refs.at(-1)}”, or what you want instead.`;
}

const LEFT = 'I had not done it yet, and left it, after what was said here.';

function answer(text: string): Plan {
  return { content: [{ type: 'text', text: `${text}\n\n${signature}` }], stopReason: 'end_turn' };
}

/** Splits a message into wishes if each of its sentences requests a change. Otherwise the message is one wish. */
function hear(wish: Wish, situation: Situation): (() => Talk)[] {
  const { settled, reported, reviewing } = wish;
  if (reported) return [() => say(reported)];
  if (reviewing) return [() => reviewed(reviewing)];
  // The answer about its own steps is no decision to write down: the calls themselves go ahead, or not.
  if (settled) return isOwnStep(settled.asked) ? [] : [() => goOn(settled, situation.decided)];
  if (wish.assigned) return [ownTask(wish, wish.assigned, situation)];
  const whole = { ...wish, text: withNames(plainWish(wish.text), situation.people) };
  const acts = sentencesOf(whole.text).flatMap((text) => {
    const talk = firstHeard(
      intents.filter((intent) => intent.acts),
      { ...whole, text: plainWish(text) },
      situation,
    );
    return talk ? [talk] : [];
  });
  if (acts.length > 1) return acts;
  if (wish.wordless)
    return [
      () =>
        say(
          `You ${wish.task ? 'forwarded' : 'shared'} this without a word of yours. Tell me what you want of it, and I begin.`,
        ),
    ];
  const heard = firstHeard(intents, whole, situation);
  const talk = heard ?? fallback(whole, situation);
  const mailed = heard && wish.task?.assignee === situation.self?.name ? wish.task?.ref : undefined;
  return [mailed ? () => settling(talk, { ref: mailed, why: 'mailed', stops: [], isPart: false }) : talk];
}

/** The title says what is wanted; of the text below it only what changes no other task is done. */
function ownTask(wish: Wish, assigned: Assigned, situation: Situation): () => Talk {
  const said = wordsWithoutWork(wish);
  if (said) return () => say(said);
  if (assigned.why === 'approved') return () => finished(assigned.ref);
  const { makes } = assigned;
  const worded = (text: string): Wish => ({ ...wish, text: withNames(plainWish(text), situation.people) });
  const titled = worded(makes ? `Write ${makes} about ${wish.text}` : wish.text);
  const whole = worded([wish.text, wish.more].filter(Boolean).join('\n'));
  const harmless = intents.filter((intent) => !intent.acts);
  const talk =
    firstHeard(makes ? harmless : intents, titled, situation) ??
    firstHeard(harmless, whole, situation) ??
    fallback(whole, situation);
  return () => settling(talk, assigned);
}

/** True for the question whether its own calls go ahead, and whether it goes on from a checkpoint. */
function isOwnStep(asked: string): boolean {
  return asked.includes(' wants to:') || asked.includes(' has come to the checkpoint ');
}

function firstHeard(among: readonly Intent[], wish: Wish, situation: Situation): (() => Talk) | undefined {
  for (const intent of among) {
    const talk = intent.hear(wish, situation);
    if (talk) return talk;
  }
  return undefined;
}

/** Replays a talk with the outcomes of earlier calls, up to its first new calls or its end. */
function perform(talk: Talk, situation: Situation, left: Step[]): Said {
  let turn = talk.next();
  while (!turn.done) {
    const calls = turn.value;
    const outcomes = calls.map((made) => outcomeOf(made, situation, left));
    const open = calls.filter((_, index) => outcomes[index] === undefined);
    if (open.length > 0) return { kind: 'calls', calls: open };
    const known = outcomes.filter((outcome) => outcome !== undefined);
    const trouble = known.find((outcome, index) => !calls[index]?.optional && outcome.kind !== 'ok');
    if (trouble) return { kind: 'answer', text: troubleOf(trouble) ?? '' };
    turn = talk.next(known);
  }
  return { kind: 'answer', text: turn.value };
}

function outcomeOf({ tool, input }: Call, situation: Situation, left: Step[]): Outcome | undefined {
  const wanted = JSON.stringify(input);
  const found = left.findIndex((step) => step.tool === tool && JSON.stringify(step.input) === wanted);
  if (found >= 0) return left.splice(found, 1)[0]?.outcome;
  if (doorOf(tool, situation)) return undefined;
  return { kind: 'failed', text: `I have no tool for that here (\`${tool}\` is not offered to me).` };
}

/** Tells whether a tool is called directly or through use_tool. Undefined if it is not offered. */
function doorOf(tool: string, { offered }: Situation): 'direct' | 'use_tool' | undefined {
  if (offered.has(tool)) return 'direct';
  return tool === 'load_skill' && offered.has('use_tool') ? 'use_tool' : undefined;
}

function toolUse({ tool, input }: Call, situation: Situation, id: string) {
  if (doorOf(tool, situation) === 'use_tool')
    return { type: 'tool_use', id, name: 'use_tool', input: { tool, input } } as const;
  return { type: 'tool_use', id, name: tool, input } as const;
}

/** Returns a call's id. It is deterministic, and different at each turn of a conversation. */
export function callId(request: MessagesRequest, n: number): string {
  const hash = createHash('sha256').update(JSON.stringify(request.messages)).update(String(n)).digest('hex');
  return `toolu_${hash.slice(0, 24)}`;
}
