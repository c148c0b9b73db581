// Does several writes as one transaction. It is rolled back if an id or a unique value is taken, or a version is gone.
import { Conflict } from '../../errors.ts';
import type { Write } from '../port.ts';
import type { BodyRows } from './bodies.ts';
import type { Group } from './group.ts';
import type { Rows } from './rows.ts';
import type { SearchRows } from './search/search.ts';

export interface WriteDeps {
  group: Group;
  rows(collection: string): Rows;
  bodies: BodyRows;
  search: SearchRows;
}

/** Thrown within the transaction, so that it is rolled back. */
class Taken extends Error {}

export async function writeAll(deps: WriteDeps, writes: readonly Write[]): Promise<boolean> {
  const works = writes.map((write) => workOf(deps, write));
  const lasts = writes.some((write) => write.kind === 'insert' && deps.rows(write.collection).spec.kind === 'journal');
  try {
    return await deps.group.write(lasts ? 'journal' : 'view', () => {
      for (const [n, work] of works.entries())
        if (!fits(work)) {
          // The first changed nothing, so there is nothing to undo.
          if (n === 0) return false;
          throw new Taken('A place is taken.');
        }
      return true;
    });
  } catch (error) {
    if (error instanceof Taken) return false;
    throw error;
  }
}

function fits(work: () => boolean): boolean {
  try {
    return work();
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}

function workOf({ rows, bodies, search }: WriteDeps, write: Write): () => boolean {
  switch (write.kind) {
    case 'insert': {
      const insert = rows(write.collection).inserting(write.doc);
      return () => insert() === 'inserted';
    }
    case 'replace':
      return rows(write.collection).replacing(write.doc, write.expectedRev);
    case 'change':
      return rows(write.collection).changing(write.id, write.next);
    case 'bodies':
      return always(bodies.putting(write.bodies));
    case 'postings':
      return always(search.putting(write.put), search.removing(write.remove));
    default:
      return write satisfies never;
  }
}

function always(...works: (() => void)[]): () => boolean {
  return () => {
    for (const work of works) work();
    return true;
  };
}
