// The command `admit ADDRESS`: lets somebody into the pod by their mail address, whether they are known yet or not.
import { type EnterDeps, type Entry, enter } from './enter.ts';

/** Adds the person to the pod. Whom nobody knows yet is invited first. Both are acts of whoever says it. */
export async function admit(
  deps: EnterDeps,
  pod: { id: string },
  { address, name }: { address: string; name?: string },
  entry: Pick<Entry, 'as' | 'via'> & { key: string },
): Promise<{ name: string }> {
  const who = name ? `${name} <${address}>` : address;
  const asked = { ...entry, pod, action: 'add_member', input: { who } };
  return (await enter<{ member: { name: string } }>(deps, asked)).result.member;
}
