// Posts the card of a task that a person made by hand in Slack, also if a person is to do it.
import type { ParticipantId } from '../../../log/participant.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { PODS } from '../../../pods/pod/pod.ts';
import type { SlackContext } from '../context.ts';

/** Returns false if the pod has no channel, so that no card is posted. `key`: made from what caused the task. */
export async function showCard(
  { read, act }: SlackContext,
  { person, pod, task, key }: { person: PersonDoc; pod: string; task: string; key: string },
): Promise<boolean> {
  if ((await read.get(PODS, pod))?.place.kind !== 'slack') return false;
  await act({
    ...{ pod, actor: person.id as ParticipantId, via: 'slack', action: 'open_task_conversation', key },
    input: { task },
  });
  return true;
}
