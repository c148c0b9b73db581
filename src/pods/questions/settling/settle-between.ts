// Settles a question about two wishes that do not fit together: whoever was asked has chosen the same, or the owners are asked.
// Pure.
import type { BodyRef } from '../../../log/body.ts';
import { type AgentId, isAgent } from '../../../log/participant.ts';
import type { ActWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { QuestionDoc } from '../question.ts';
import { agreesWith } from './agrees-with.ts';
import { optionIn } from './free-words.ts';

export type Between = QuestionDoc & { between: [number, number] };

export function isBetween(question: QuestionDoc): question is Between {
  return question.between !== undefined && isAgent(question.by);
}

/**
 * Returns the change that lets the run go on. Undefined: they have not agreed. An owner may also decide in words, which the
 * agent hears. `choice`: that of the newest answer.
 */
export function agreedOn(question: Between, choice: BodyRef | undefined): Change | undefined {
  const { id, conversation, between, options, role } = question;
  const choices = [...question.answers.map((one) => one.choice), choice];
  const [first] = choices;
  const agreed = first !== undefined && choices.every((one) => one === first);
  if (!agreed && !role) return undefined;
  // An owner's choice counts, whatever one of the two has answered before.
  const chosen = role ? choice : first;
  const stays = chosen === undefined ? undefined : between[options.indexOf(chosen)];
  return {
    v: 1,
    on: 'conversations',
    id: conversation,
    type: 'wishes_settled',
    agent: question.by as AgentId,
    question: id,
    between,
    ...(stays === undefined ? {} : { stays }),
    ...(role ? { owner: true as const } : {}),
  };
}

/**
 * Returns the position of the option that words choose: its number, its text, its wish alone, or the name of whose wish it is.
 * `options`: the texts `Ada: paint it brown`, `Ben: no, green` and `Both`.
 */
export function optionBetween(text: string, options: readonly string[]): number | undefined {
  const said = text.replace(/['’]s\b/gu, '');
  const parts = options.map((option) => /^(.*?): (.*)$/su.exec(option)?.slice(1) ?? [option, option]);
  const names = parts.map(([name = '']) => name);
  const wishes = parts.map(([, wish = '']) => wish);
  const first = names.map((name) => name.split(' ')[0] ?? name);
  return (
    optionIn(text, options) ??
    optionIn(text, wishes) ??
    optionIn(said, names) ??
    optionIn(said, first) ??
    agreesWith(text, parts.length > 2 ? wishes.slice(0, -1) : wishes)
  );
}

export function ownersAskedAbout({ id, pod, by }: QuestionDoc): { kind: 'act' } & ActWish {
  return {
    kind: 'act',
    in: pod,
    action: 'ask_owners_between',
    input: { question: id },
    actor: by,
    key: `between:${id}`,
  };
}
