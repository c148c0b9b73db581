// Finds the pods that a question in a DM is about: those in its text, or else all pods of the person.

import { type Call, call, list } from '../../intent.ts';
import type { Situation } from '../../situation.ts';
import type { Outcome } from '../../step.ts';

export interface Pod {
  id: string;
  name: string;
  direct?: boolean;
}

/** True in a DM whose tools can read other pods. */
export function readsAllPods({ direct, offered }: Situation): boolean {
  return direct && offered.has('list_pods');
}

/** Returns the pods that the text contains, or else all pods. The pod of the DM itself does not count. */
export function* podsMeant(text: string): Generator<readonly Call[], readonly Pod[], readonly Outcome[]> {
  const [found] = yield [call('list_pods')];
  const pods = list<Pod>(found, 'pods').filter((pod) => !pod.direct);
  const named = pods.filter(({ name }) => words(text).includes(` ${words(name).trim()} `));
  return named.length ? named : pods;
}

function words(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}-]+/gu)
      ?.join(' ') ?? ''
  } `;
}
