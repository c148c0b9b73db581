// Finds the people without whose yes an agent has no effect in a conversation: they go with every step of a task there.
import type { Reader } from '../../../log/action.ts';
import type { PersonId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import { type Binding, bindingOf, holdersOf } from '../../involvement/binding.ts';
import { present } from '../../members/present.ts';
import { TASKS, type TaskDoc } from '../../tasks/task.ts';

/** More tasks than this share no conversation. */
const MOST_TASKS = 100;

export function tasksIn(read: Reader, conversation: string): Promise<TaskDoc[]> {
  return read.find(TASKS, { where: { conversation }, limit: MOST_TASKS });
}

export async function holdersIn(
  read: Reader,
  { pod, podDoc }: Pick<Ctx, 'pod' | 'podDoc'>,
  conversation: string,
): Promise<PersonId[]> {
  return present(read, pod, holdersOf(await tasksIn(read, conversation), podDoc));
}

/** Returns how people bind an agent in the conversation. Whoever has left the pod binds it to nothing. */
export async function bindingIn(
  read: Reader,
  { pod, podDoc }: Pick<Ctx, 'pod' | 'podDoc'>,
  conversation: string,
): Promise<Binding> {
  const { holders, closer, quiet } = bindingOf(await tasksIn(read, conversation), podDoc);
  const here = await present(read, pod, [...closer, ...quiet]);
  const inPod = (who: readonly PersonId[]) => who.filter((one) => here.includes(one));
  return { holders: inPod(holders), closer: inPod(closer), quiet: inPod(quiet) };
}
