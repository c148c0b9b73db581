// Tells whether text from outside is among what a session is about to hear. Pure.
import { isOutside } from '../../log/labels/label.ts';
import type { HeardQuestion } from './hearing/hear-settled.ts';
import { bringsOutside } from './hearing/heard-line.ts';
import type { HeardMessage } from './hearing/heard-message.ts';
import type { Facts } from './opening/facts.ts';

/** True if the facts or messages contain text from outside. The gate then limits the session's effects. */
export function ties(
  facts: Facts | undefined,
  heard: readonly HeardMessage[],
  settled: readonly HeardQuestion[] = [],
): boolean {
  const { conversation, tasks = [], notes = [] } = facts ?? {};
  const said = heard.flatMap(({ label, brought, subject }) => [label, brought?.label, subject?.label]);
  if (heard.some(({ line }) => line && bringsOutside(line))) return true;
  said.push(...settled.flatMap(({ answers }) => answers.map(({ label }) => label)));
  return [conversation?.label, ...[...tasks, ...notes].map(({ label }) => label), ...said].some(isOutside);
}
