// The pods of a person, for what is asked in a direct message: there people mean all of them, or the one they name.

import { type Call, call, list } from '../../intent.ts';
import type { Outcome, Situation } from '../../situation.ts';

export interface Pod {
  id: string;
  name: string;
  direct?: boolean;
}

/** Reads over several pods, where there are such. */
export function readsAllPods({ direct, offered }: Situation): boolean {
  return direct && offered.has('list_pods');
}

/** Those that a text names, or all of them; the direct message itself is none. */
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
