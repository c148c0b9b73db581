// Settles the question whether an agent may make the calls of a list: words, buttons and what they allow. Pure. In doubt
// nothing is allowed.
import type { BodyRef } from '../../../log/body.ts';
import { type AgentId, isAgent } from '../../../log/participant.ts';
import type { Change } from '../../kinds.ts';
import type { QuestionDoc } from '../question.ts';

export type StepsQuestion = QuestionDoc & { steps: number };

/** More calls have no button each: words name them. */
export const MOST_STEP_BUTTONS = 6;

export function isSteps(question: QuestionDoc): question is StepsQuestion {
  return question.steps !== undefined && isAgent(question.by);
}

/** The options of a list of `count` calls: all, each one alone, and none. `checkpoint`: the one call is about a checkpoint. */
export function stepOptions(count: number, checkpoint = false): string[] {
  if (count === 1) return [checkpoint ? 'Go on' : 'Yes', 'No'];
  const each = Array.from({ length: count }, (_, n) => `Only ${n + 1}`);
  return ['Yes to all', ...(count > MOST_STEP_BUTTONS ? [] : each), 'No'];
}

/** The positions that an option allows. */
export function allowedByOption({ steps, options }: StepsQuestion, choice: BodyRef): number[] {
  const n = options.indexOf(choice);
  if (n === 0) return all(steps);
  return n > 0 && n < options.length - 1 ? [n - 1] : [];
}

/** The option with which somebody might have said the same. */
export function optionOfAllowed({ steps, options }: StepsQuestion, allows: readonly number[]): BodyRef | undefined {
  if (!allows.length) return options.at(-1);
  if (allows.length === steps) return options[0];
  return allows.length === 1 && options.length === steps + 2 ? options[(allows[0] ?? 0) + 1] : undefined;
}

const MOST_CHARS = 200;
const POLITE = /\b(?:please|thanks|thank you|thx)\b/g;
const YES =
  /^(?:yes|yep|yeah|yup|ok|okay|sure|go ahead|go on|carry on|continue|lgtm|looks good(?: to me)?|do it|do that|approved?|fine|ja)(?:,? (?:to )?(?:all|both|everything|them all|all of (?:it|them)|go ahead|go on|carry on|continue|do it|do that|looks good))?$|^(?:all|both|everything|all of (?:it|them))$/;
const NO = /^(?:no|nope|none|nein|not|never|neither|don['’]t|do not|leave (?:it|that|them))(?![\p{L}\p{N}])/u;
const NUMBERS = String.raw`(?:#|no\.? )?\d{1,2}(?:\s*(?:,|and|&|\+)\s*(?:and )?\d{1,2})*`;
const SOME = new RegExp(`^(?:(?:yes|ok|okay)[, ]*(?:to )?)?(?:only |just )?(${NUMBERS})(?: only)?$`);
const BUT = new RegExp(
  `^(?:(?:yes|ok|okay)[, ]*(?:to )?)?(?:all|everything)(?: of (?:it|them))? (?:but|except) (${NUMBERS})$`,
);

/** The positions that words allow. Undefined: they are no decision. “Yes, but shorter” allows nothing. */
export function allowedByWords(text: string, count: number): number[] | undefined {
  const said = bare(text);
  if (NO.test(said)) return [];
  if (text.length > MOST_CHARS) return undefined;
  if (YES.test(said)) return /\bboth\b/.test(said) && count !== 2 ? undefined : all(count);
  const some = SOME.exec(said)?.[1];
  if (some) return positions(some, count);
  const but = BUT.exec(said)?.[1];
  const left = but && positions(but, count);
  return left ? all(count).filter((n) => !left.includes(n)) : undefined;
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/@[\p{L}\p{N}._-]+/gu, ' ')
    .replace(/^\s*q\d{1,6}\s*[:,.]?/u, ' ')
    .replace(POLITE, ' ')
    .replace(/^[\s,.:;!–—-]+|[\s,.:;!–—-]+$/g, '')
    .replace(/\s+/g, ' ');
}

/** Undefined if one of the numbers is not on the list. */
function positions(text: string, count: number): number[] | undefined {
  const numbers = [...text.matchAll(/\d+/g)].map(([n]) => Number(n));
  return numbers.every((n) => n >= 1 && n <= count) ? [...new Set(numbers.map((n) => n - 1))] : undefined;
}

function all(count: number): number[] {
  return Array.from({ length: count }, (_, n) => n);
}

/** Returns the change that lets these calls go ahead: those that everybody who answered has allowed. */
export function stepsAnswered(question: StepsQuestion, allows: readonly number[]): Change {
  const { id, conversation, by } = question;
  return {
    ...{ v: 1, on: 'conversations', id: conversation, type: 'steps_answered', agent: by as AgentId, question: id },
    allowed: allowedByAll(question, allows),
  };
}

/** The task was given on while its agent waited at the checkpoint: the yes itself passes it, for the other to go on from there. */
export function checkpointPassed(question: StepsQuestion, allows: readonly number[]): Change[] {
  const { checkpoint, steps } = question;
  if (!checkpoint || allowedByAll(question, allows).length < steps) return [];
  const { task, names } = checkpoint;
  return [{ v: 1, on: 'tasks', id: task, type: 'checkpoint_passed', names }];
}

function allowedByAll({ answers, steps }: StepsQuestion, allows: readonly number[]): number[] {
  const said = [...answers.map((one) => one.allows ?? []), allows];
  return all(steps).filter((n) => said.every((one) => one.includes(n)));
}
