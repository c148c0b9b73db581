// The pods that a question in a DM is about: the one that it names, or all pods of the person.

import { type Call, call, list } from '../../intent.ts';
import type { Outcome, Situation } from '../../situation.ts';

export interface Pod {
  id: string;
  name: string;
  direct?: boolean;
}

/** True in a DM, if the tools can read other pods. */
export function readsAllPods({ direct, offered }: Situation): boolean {
  return direct && offered.has('list_pods');
}

/** The pods that a text names, else all. The DM itself does not count. */
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
