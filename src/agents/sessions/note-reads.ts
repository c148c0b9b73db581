// Notes which bodies and blobs a run reads, so that its turns say what they may hold of the pod's words.
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import { notingReader } from '../../log/read.ts';
import type { SessionDoc } from './session.ts';

interface Reads {
  read: Reader;
  act: Act;
}

export interface NotedReads {
  /** Returns what was read since the last turn that was saved, without what an earlier turn of this run and epoch names. */
  since(session: Pick<SessionDoc, 'epoch'>): string[];
  /** Called once a turn that names them is saved. */
  saved(refs: readonly string[]): void;
}

/** Returns dependencies for one run, whose reads and acts are noted. */
export function notingReads<D extends Reads & { tools: Reads }>(deps: D): D & { noted: NotedReads } {
  const fresh = new Set<string>();
  const named = new Set<string>();
  let epoch = 0;
  const note = (id: string) => void fresh.add(id);
  const noting =
    (act: Act): Act =>
    (request) =>
      act({ ...request, reads: note });
  const read = notingReader(deps.read, note);
  const { tools } = deps;
  return {
    ...{ ...deps, read, act: noting(deps.act) },
    tools: { ...tools, read: notingReader(tools.read, note), act: noting(tools.act) },
    noted: {
      since(session) {
        // A new epoch begins with nothing, so what it reads again has to be named again.
        if (session.epoch !== epoch) named.clear();
        epoch = session.epoch;
        return [...fresh].filter((id) => !named.has(id));
      },
      saved(refs) {
        for (const id of refs) {
          fresh.delete(id);
          named.add(id);
        }
      },
    },
  };
}
