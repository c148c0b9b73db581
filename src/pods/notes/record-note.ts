// record_decision, record_learning: add a note to the pod. Every new session begins with the notes, and search finds
// them.
import { z } from 'zod';
import { takenIn, versioned } from '../../log/labels/label.ts';
import { action, type Ctx, type Decision } from '../action.ts';
import type { ConversationDoc } from '../conversations/conversation.ts';
import { conversationNamed, requirePod } from '../require.ts';
import type { NoteDoc } from './note.ts';

const words = z.string().trim().min(1).max(4000);
const where = z.string().optional().describe('Id of the conversation it came up in');

export const recordDecision = action({
  name: 'record_decision',
  title: 'Record a decision',
  description:
    'Keeps in the notebook what people of the pod have decided, and why, once they have. All can read it, and every agent begins with it; nobody is told.',
  input: z.strictObject({
    decision: words.describe('What was decided, and by whom'),
    why: words.optional(),
    conversation: where,
  }),
  effect: 'write',
  load: (read, { conversation }, ctx) => found(conversation, (id) => conversationNamed(read, ctx.pod, id)),
  decide: (conversation, { decision, why }, ctx) =>
    recorded('decision', why ? `${decision}\n\nWhy: ${why}` : decision, conversation, ctx),
});

export const recordLearning = action({
  name: 'record_learning',
  title: 'Record a learning',
  description:
    'Keeps in the notebook what the pod found out, so that nobody has to find it out again. All can read it; nobody is told.',
  input: z.strictObject({
    learning: words.describe('What was learned, with its source'),
    context: words.optional().describe('When it holds'),
    conversation: where,
  }),
  effect: 'write',
  load: (read, { conversation }, ctx) => found(conversation, (id) => conversationNamed(read, ctx.pod, id)),
  decide: (conversation, { learning, context }, ctx) =>
    recorded('learning', context ? `${learning}\n\nContext: ${context}` : learning, conversation, ctx),
});

async function found<T>(id: string | undefined, find: (id: string) => Promise<T>): Promise<T | undefined> {
  return id ? find(id) : undefined;
}

/**
 * Returns the decision. Its result contains no text: the result is part of the commit, and a text in it could not be
 * erased.
 */
function recorded(
  kind: NoteDoc['kind'],
  text: string,
  conversation: ConversationDoc | undefined,
  ctx: Ctx,
): Decision<{ note: { id: string; kind: NoteDoc['kind'] } }> {
  requirePod(ctx);
  const id = ctx.id('n');
  const label = takenIn(ctx)[kind];
  return {
    changes: [
      {
        ...versioned({ body: label }),
        on: 'notes',
        id,
        type: 'note_recorded',
        kind,
        body: ctx.text(text, label),
        ...(conversation ? { conversation: conversation.id } : {}),
      },
    ],
    result: { note: { id, kind } },
  };
}
