// Bodies as rows. Their texts are kept as JSON, since libsql cuts a text at its first NUL when it reads it.
import type { Bodies, Body } from '../port.ts';
import { type Database, prepare } from './database.ts';
import type { Group } from './group.ts';

export interface BodyRows extends Bodies {
  /** To be run within a transaction. */
  putting(bodies: readonly Body[]): () => void;
}

export function embeddedBodies(db: Database, group: Group): BodyRows {
  db.exec('CREATE TABLE IF NOT EXISTS bodies (id TEXT PRIMARY KEY, pod TEXT NOT NULL, json TEXT NOT NULL)');
  const put = prepare(
    db,
    'INSERT INTO bodies (id, pod, json) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET pod = excluded.pod, json = excluded.json',
  );
  const get = prepare(db, 'SELECT json FROM bodies WHERE id = ?');
  const remove = prepare(db, 'DELETE FROM bodies WHERE id = ?');
  const putting = (bodies: readonly Body[]) => {
    const rows = bodies.map(({ id, pod, text }) => [id, pod, JSON.stringify(text)]);
    return () => rows.forEach((row) => void put.run(row));
  };
  return {
    putting,
    // They are on disk when the commit that names them is: it comes later in the same log.
    put: (bodies) => group.write('view', putting(bodies)),
    async get(ids) {
      const found = new Map<string, string>();
      for (const id of ids) {
        const row = get.get([id]);
        if (row) found.set(id, JSON.parse(row[0] as string) as string);
      }
      return found;
    },
    async remove(ids) {
      const gone = [...ids];
      // What was erased must not come back after a power cut.
      await group.erase('journal', () => gone.forEach((id) => void remove.run([id])));
    },
  };
}
