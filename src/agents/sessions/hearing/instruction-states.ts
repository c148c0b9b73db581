// How far the instructions are that a new epoch shows again: what is done or was replaced is not done once more.
import type { Reader } from '../../../log/action.ts';
import { isQuoted } from '../../../log/labels/label.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { type Instruction, instructionName, isStanding } from '../../../pods/conversations/words/instructions.ts';
import { called, namesOfAll } from '../../../pods/people/directory.ts';
import { toldInstructions } from '../../../pods/runs/steering/shown-instructions.ts';
import { attribute, inLine } from '../fence.ts';
import type { SessionDoc } from '../session.ts';
import type { HeardMessage } from './heard-message.ts';

interface Marked {
  messages: HeardMessage[];
  /** Those that are open, and older than all messages of the turn: `i12 Ada Lindqvist: “paint it green”`. */
  older: string[];
}

type Session = Pick<SessionDoc, 'conversation' | 'agent' | 'answered' | 'since'>;

/** `handle`: that of the agent, by which messages name it. */
export async function withStates(
  read: Reader,
  session: Session,
  messages: readonly HeardMessage[],
  handle: string,
): Promise<Marked> {
  const doc = await read.get(CONVERSATIONS, session.conversation);
  const list = doc?.atWork?.find(({ agent }) => agent === session.agent)?.instructions ?? [];
  const replaced = new Map(
    (doc?.replaced ?? []).flatMap(({ agent, n, by }) => (agent === session.agent ? [[n, by] as const] : [])),
  );
  const marked = messages.map((one): HeardMessage => {
    const state = stateOf(one, { list, replaced, session, handle });
    return state && one.n !== undefined ? { ...one, as: instructionName(one.n), state } : one;
  });
  const shown = new Set(messages.map(({ id }) => id));
  const left = list.filter((one) => isStanding(one) && !shown.has(one.message));
  const told = await toldInstructions(read, left);
  const names = await namesOfAll(
    read,
    left.map(({ by }) => by),
  );
  const older = told.map(({ one, words, label }) => {
    const quote = words && !isQuoted(label) ? `: “${inLine(words)}”` : '';
    return `${instructionName(one.n)} ${attribute(called(names, one.by).name)}${quote}`;
  });
  return { messages: marked, older };
}

interface Known {
  list: readonly Instruction[];
  /** The numbers of instructions by those of the ones that they replaced. */
  replaced: ReadonlyMap<number, number>;
  session: Pick<SessionDoc, 'answered' | 'since'>;
  handle: string;
}

/** Pure. Undefined for a message that is no instruction of this agent, or that it has never worked on. */
export function stateOf(
  { id, n, text, recalled, edited }: Pick<HeardMessage, 'id' | 'n' | 'text' | 'recalled' | 'edited'>,
  { list, replaced, session: { answered = 0, since = 0 }, handle }: Known,
): string | undefined {
  if (n === undefined || recalled) return undefined;
  const one = list.find(({ message }) => message === id);
  if (one) return wordsFor(one);
  const by = replaced.get(n);
  if (by !== undefined && !edited) return `replaced by ${instructionName(by)}`;
  const forOthers = /(?:^|\s)@[\p{L}\p{N}]/u.test(text) && !text.toLowerCase().includes(`@${handle.toLowerCase()}`);
  if (n < since || forOthers) return undefined;
  return n <= answered && !edited ? 'done' : 'open';
}

function wordsFor({ state, replacedBy }: Instruction): string | undefined {
  switch (state) {
    case 'open':
    case 'unjudged':
    case 'kept':
      return 'open';
    case 'conflict':
      return 'open, and people are asked';
    case 'replaced':
      return replacedBy === undefined ? 'replaced' : `replaced by ${instructionName(replacedBy)}`;
    case 'withdrawn':
      return 'taken back';
    case 'no_instruction':
      return undefined;
    default:
      state satisfies never;
      return undefined;
  }
}
