// A reader that asks for each document once. Within one attempt of an act that is safe: what changes meanwhile fails the append.

import type { ViewName, Views } from '../pods/views.ts';
import type { Reader } from './action.ts';

export function readOnce(read: Reader): Reader {
  const known = new Map<string, Promise<unknown>>();
  return {
    ...read,
    get<N extends ViewName>(view: N, id: string) {
      const at = `${view} ${id}`;
      const doc = known.get(at) ?? read.get(view, id);
      known.set(at, doc);
      return doc as Promise<Views[N] | undefined>;
    },
    async find(view, query) {
      const docs = await read.find(view, query);
      for (const doc of docs) known.set(`${view} ${doc.id}`, Promise.resolve(doc));
      return docs;
    },
  };
}
