// Stores bodies as rows. Texts are stored as JSON, because libsql cuts a text off at its first NUL when it reads it.
import type { Bodies, Body, LabelledText } from '../port.ts';
import { type Database, prepare } from './database.ts';
import type { Group } from './group.ts';

export interface BodyRows extends Bodies {
  /** Returns a function that writes the bodies. Call it within a transaction. */
  putting(bodies: readonly Body[]): () => void;
}

export function embeddedBodies(db: Database, group: Group): BodyRows {
  db.exec('CREATE TABLE IF NOT EXISTS bodies (id TEXT PRIMARY KEY, pod TEXT NOT NULL, json TEXT NOT NULL, label TEXT)');
  addLabels(db);
  const put = prepare(
    db,
    'INSERT INTO bodies (id, pod, json, label) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET pod = excluded.pod, json = excluded.json, label = excluded.label',
  );
  const get = prepare(db, 'SELECT json, label FROM bodies WHERE id = ?');
  const remove = prepare(db, 'DELETE FROM bodies WHERE id = ?');
  const putting = (bodies: readonly Body[]) => {
    const rows = bodies.map(({ id, pod, text, label }) => [
      ...[id, pod, JSON.stringify(text)],
      label ? JSON.stringify(label) : null,
    ]);
    return () => rows.forEach((row) => void put.run(row));
  };
  return {
    putting,
    // Needs no flush of its own: the commit that refers to the bodies comes later in the same write-ahead log, and is
    // flushed.
    put: (bodies) => group.write('view', putting(bodies)),
    async get(ids) {
      const found = new Map<string, LabelledText>();
      for (const id of ids) {
        const row = get.get([id]);
        if (row) found.set(id, textOf(row));
      }
      return found;
    },
    async remove(ids) {
      const gone = [...ids];
      // Erasing is a journal write, because erased words must not come back after a power cut.
      await group.erase('journal', () => gone.forEach((id) => void remove.run([id])));
    },
  };
}

function textOf([json, label]: readonly unknown[]): LabelledText {
  const text = JSON.parse(json as string) as string;
  return typeof label === 'string' ? { text, label: JSON.parse(label) as object } : { text };
}

/** Adds the column for labels, which a store of Skein 0.1.0 does not have. */
function addLabels(db: Database): void {
  const columns = prepare(db, 'SELECT name FROM pragma_table_info(?)').all(['bodies']);
  if (!columns.some(([name]) => name === 'label')) db.exec('ALTER TABLE bodies ADD COLUMN label TEXT');
}
