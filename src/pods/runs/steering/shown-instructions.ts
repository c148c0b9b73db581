// The instructions of a run as people and models read them: who wanted what, since when, and what became of it. The words are
// read from their messages each time, so that words which were erased or edited since are never repeated.
import type { Reader } from '../../../log/action.ts';
import { type Quoted, quoted } from '../../../log/body.ts';
import type { Label } from '../../../log/labels/label.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';
import { head } from '../../../log/well-formed.ts';
import { MESSAGES } from '../../conversations/message.ts';
import { type Instruction, instructionName } from '../../conversations/words/instructions.ts';
import { partRefs, partsOf } from '../../mail/message-parts.ts';
import { called } from '../../people/directory.ts';
import { minute } from '../../require.ts';

/** An instruction with its words; without them if they were erased. */
export interface ToldInstruction {
  one: Instruction;
  words?: string;
  label?: Label;
}

/** An instruction in the result of list_runs. */
export interface ShownInstruction {
  /** `i41`, as verdicts name it. */
  as: string;
  by: string;
  at: string;
  state: Instruction['state'];
  replaced_by?: string;
  words?: Quoted;
}

const LONGEST_QUOTE = 200;

export async function toldInstructions(read: Reader, list: readonly Instruction[] = []): Promise<ToldInstruction[]> {
  const docs = await Promise.all(
    list.map(({ state, message }) => (state === 'withdrawn' ? undefined : read.get(MESSAGES, message))),
  );
  const texts = await read.texts(docs.flatMap((doc) => (doc && !doc.erased ? partRefs(doc) : [])));
  return list.map((one, n): ToldInstruction => {
    const doc = docs[n];
    const words = doc && !doc.erased ? inOneLine(partsOf(doc, texts).words) : '';
    const label = doc?.labels?.body;
    return { one, ...(words ? { words, ...(label ? { label } : {}) } : {}) };
  });
}

export function shownInstruction(
  { one, words, label }: ToldInstruction,
  names: ReadonlyMap<ParticipantId, Named>,
): ShownInstruction {
  const { n, by, at, state, replacedBy } = one;
  return {
    as: instructionName(n),
    by: called(names, by).name,
    at: minute(at),
    state,
    ...(replacedBy === undefined ? {} : { replaced_by: instructionName(replacedBy) }),
    ...(words ? { words: quoted(words, label) } : {}),
  };
}

/** Says in a sentence what became of it. */
export const INSTRUCTION_STATES: Readonly<Record<Instruction['state'], string>> = {
  open: 'open',
  unjudged: 'not weighed yet',
  kept: 'kept',
  replaced: 'replaced',
  withdrawn: 'withdrawn',
  no_instruction: 'no instruction',
  conflict: 'people are asked',
};

function inOneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST_QUOTE ? `${head(line, LONGEST_QUOTE - 1)}…` : line;
}
