// A command of /skein that is about the pod of the channel in which it is written, or about a task there.
import { InvalidInput } from '../../../errors.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { SlackContext } from '../context.ts';

/** `pod`: the pod of the channel. Absent if the person is not a member of it. `words`: those after the command. */
export type PodCommand = (
  slack: SlackContext,
  asked: { triggerId: string },
  person: PersonDoc,
  pod: { id: string } | undefined,
  words: string,
) => Promise<Post>;

/** `because`: why it takes such a channel. @throws InvalidInput without a pod */
export function podHere(pod: { id: string } | undefined, because: string): { id: string } {
  if (!pod) throw new InvalidInput(`Write this in the channel of a pod that you are in: ${because}.`);
  return pod;
}
