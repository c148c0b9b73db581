// The button with which a person undoes what they have just done to a task.
import type { PersonDoc } from '../../../pods/people/person.ts';
import { mayUndo } from '../../../pods/tasks/evolve/opposite.ts';
import { TASKS } from '../../../pods/tasks/task.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { buttons } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { SlackContext } from '../context.ts';

/** Adds the button to an answer, if the commit that it tells of is what this person did last to the task, and has an opposite. */
export async function withUndo(
  { read, texts, clock }: Pick<SlackContext, 'read' | 'texts' | 'clock'>,
  person: PersonDoc,
  post: Post,
  { task, seq }: { task?: string | undefined; seq?: number | undefined },
): Promise<Post> {
  const doc = task ? await read.get(TASKS, task) : undefined;
  if (!doc?.last || doc.last.seq !== seq || !mayUndo(doc, person.id, clock())) return post;
  const button = {
    actionId: actionIds.undoAnswered,
    label: texts.fill('channel-words', 'undo'),
    value: `${doc.pod}/${doc.id}/${seq}`,
  };
  return { ...post, blocks: [...post.blocks, buttons([button])] };
}
