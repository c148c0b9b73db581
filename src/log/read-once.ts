// A reader that reads each document once per attempt of an act. It is safe: if a document changes meanwhile, the append
// fails.
import type { Reader } from './action.ts';
import type { Ref, ViewDoc } from './view.ts';

export function readOnce(read: Reader): Reader {
  const known = new Map<string, Promise<unknown>>();
  return {
    ...read,
    get<D extends ViewDoc>(ref: Ref<D>, id: string) {
      const at = `${ref.name} ${id}`;
      const doc = known.get(at) ?? read.get(ref, id);
      known.set(at, doc);
      return doc as Promise<D | undefined>;
    },
    async find(ref, query) {
      const docs = await read.find(ref, query);
      for (const doc of docs) known.set(`${ref.name} ${doc.id}`, Promise.resolve(doc));
      return docs;
    },
  };
}
