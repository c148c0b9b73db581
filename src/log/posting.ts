// What of a view document can be searched: bodies, read when the posting is made.

import type { ViewName, Views } from '../pods/views.ts';
import type { BodyRef } from './body.ts';
import { isAgent } from './participant.ts';

/** What a pod keeps comes before what was said, and what an agent said last: its answers repeat what they were asked. */
const [KEPT, SAID, SAID_BY_AGENT] = [2, 1, 0];

export interface Wanted {
  id: string;
  pod: string;
  /** The newest commit that the posting holds. */
  seq: number;
  kind: 'message' | 'task' | 'file' | 'note' | 'conversation';
  at: number;
  rank: number;
  /** Empty where nothing is to be found, as after an erasure. */
  bodies: BodyRef[];
}

export function postingOf<N extends ViewName>(view: N, doc: Views[N]): Wanted | undefined {
  const { id, pod, seq } = doc;
  const wanted = (kind: Wanted['kind'], at: number, ...bodies: (BodyRef | '' | undefined)[]): Wanted => {
    return { id, pod, seq, kind, at, rank: KEPT, bodies: bodies.filter((ref): ref is BodyRef => Boolean(ref)) };
  };
  switch (view) {
    case 'messages': {
      const { at, body, by } = doc as Views['messages'];
      return { ...wanted('message', at, body), rank: isAgent(by) ? SAID_BY_AGENT : SAID };
    }
    case 'tasks': {
      const { createdAt, titleRef, body } = doc as Views['tasks'];
      return wanted('task', createdAt, titleRef, body);
    }
    case 'files': {
      const { at, nameRef } = doc as Views['files'];
      return wanted('file', at, nameRef);
    }
    case 'notes': {
      const { at, body } = doc as Views['notes'];
      return wanted('note', at, body);
    }
    case 'conversations': {
      const { startedAt, titleRef, erased } = doc as Views['conversations'];
      return titleRef || erased ? wanted('conversation', startedAt, titleRef) : undefined;
    }
    default:
      return undefined;
  }
}
