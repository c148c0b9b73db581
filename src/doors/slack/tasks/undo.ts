// Handles the button “Undo” below what a person has just done to a task.
import { actionNamed } from '../../../log/act.ts';
import type { ParticipantId } from '../../../log/participant.ts';
import { ACTIONS } from '../../../pods/actions.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { taskNamed } from '../../../pods/require.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { undoOf } from '../../notices/undo.ts';
import type { SlackContext } from '../context.ts';
import { answerOf } from '../typed.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

/** Undoes exactly the change below which the button stood. In a notice its row shows then what is so. */
export async function undo(slack: SlackContext, { value, triggerId }: Button, person: PersonDoc) {
  const [pod = '', id = '', seq] = value.split('/');
  const task = await taskNamed(slack.read, pod, id);
  const wanted = { who: person.id as ParticipantId, now: slack.clock(), seq: Number(seq) };
  const act = await undoOf(slack.read, task, wanted);
  const key = `undo:${triggerId}`;
  return { ...act, key, ...(await enter(slack, { as: person, pod: { id: pod }, ...act, via: 'slack', key })) };
}

/** The answer to the undoing takes the place of the one that had the button. */
export async function undoAnswered(
  slack: SlackContext,
  pressed: Button,
  person: PersonDoc,
  reply: (post: Post, replaceOriginal?: boolean) => Promise<void>,
): Promise<void> {
  const undone = await undo(slack, pressed, person);
  return reply(await answerOf(slack, person, actionNamed(ACTIONS, undone.action), undone), true);
}
