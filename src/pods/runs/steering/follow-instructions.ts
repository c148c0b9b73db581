// Adds to a decision what it does to the instructions of runs: a message that is one is edited or erased, or the question about
// two of them ends without an answer.
import type { Reader } from '../../../log/action.ts';
import { isAgent } from '../../../log/participant.ts';
import type { Ctx, Decision } from '../../action.ts';
import { CONVERSATIONS, type ConversationDoc } from '../../conversations/conversation.ts';
import { MESSAGES } from '../../conversations/message.ts';
import type { Instruction } from '../../conversations/words/instructions.ts';
import type { Change } from '../../kinds.ts';
import { QUESTIONS, type QuestionChange } from '../../questions/question.ts';
import { openQuestions, type Settling, together, withdraw } from '../../questions/settling/settle.ts';
import { isBetween } from '../../questions/settling/settle-between.ts';

export async function withInstructions<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  const followed = [...(await ofMessages(read, decision, ctx)), ...(await ofQuestions(read, decision, ctx))];
  if (!followed.length) return decision;
  const { changes, deliveries } = together(followed);
  return {
    ...decision,
    changes: [...decision.changes, ...changes],
    deliveries: [...(decision.deliveries ?? []), ...deliveries],
  };
}

/** An instruction in a conflict that changes ends the conflict, and its run goes on: what it waited for is moot. */
async function ofMessages(read: Reader, { changes }: Decision<unknown>, ctx: Ctx): Promise<Settling[]> {
  const followed: Settling[] = [];
  for (const change of changes) {
    if (change.type !== 'message_edited' && change.type !== 'message_erased') continue;
    const message = ctx.isNew(change.id) ? undefined : await read.get(MESSAGES, change.id);
    const doc = message && (await read.get(CONVERSATIONS, message.conversation));
    if (!doc?.atWork?.some(({ instructions }) => isIn(instructions, change.id))) continue;
    const type = change.type === 'message_edited' ? 'instruction_reworded' : 'instruction_withdrawn';
    followed.push({
      changes: [{ v: 1, on: 'conversations', id: doc.id, type, message: change.id }],
      deliveries: [],
    });
    followed.push(await conflictEnds(read, doc, change.id));
  }
  return followed;
}

function isIn(instructions: readonly Instruction[] = [], message: string): boolean {
  return instructions.some((one) => one.message === message);
}

async function conflictEnds(read: Reader, doc: ConversationDoc, message: string): Promise<Settling> {
  const asked = (doc.atWork ?? []).flatMap(({ instructions = [] }) =>
    instructions.flatMap((one) => (one.message === message && one.question ? [one.question] : [])),
  );
  const put = (await openQuestions(read, asked)).filter(({ question }) => isBetween(question));
  const ends = together(put.map((one) => withdraw(one, 'moot')));
  const wakes = put.flatMap(({ question: { by, conversation } }) =>
    isAgent(by) ? [{ kind: 'wake' as const, agent: by, conversation, because: message }] : [],
  );
  return { changes: ends.changes, deliveries: [...ends.deliveries, ...wakes] };
}

async function ofQuestions(read: Reader, { changes }: Decision<unknown>, ctx: Ctx): Promise<Settling[]> {
  const ended: Change[] = [];
  for (const change of changes) {
    if (!isEnd(change) || ctx.isNew(change.id)) continue;
    const question = await read.get(QUESTIONS, change.id);
    if (!question || !isBetween(question) || !isAgent(question.by)) continue;
    const { id, conversation, by } = question;
    ended.push({ v: 1, on: 'conversations', id: conversation, type: 'wishes_reopened', agent: by, question: id });
  }
  return ended.length ? [{ changes: ended, deliveries: [] }] : [];
}

/** The owners are asked after an `undecided` one. */
function isEnd(change: Change): change is Extract<QuestionChange, { type: 'question_withdrawn' | 'question_expired' }> {
  if (change.type === 'question_expired') return true;
  return change.type === 'question_withdrawn' && change.why !== 'undecided';
}
