// Stores bodies as rows. Texts are stored as JSON, because libsql cuts a text off at its first NUL when it reads it.
import type { Bodies, Body, LabelledText } from '../port.ts';
import { type Bounds, boundedMap } from './cache/bounded-map.ts';
import { type Database, prepare } from './database.ts';
import type { Group } from './group.ts';

export interface BodyRows extends Bodies {
  /** Returns a function that writes the bodies. Call it within a transaction. */
  putting(bodies: readonly Body[]): () => void;
}

/** The texts that were read or written last. A turn of an agent reads those again that its acts have just made. */
const MOST_RECENT: Bounds = { entries: 1000, chars: 1_000_000 };

export function embeddedBodies(db: Database, group: Group): BodyRows {
  db.exec('CREATE TABLE IF NOT EXISTS bodies (id TEXT PRIMARY KEY, pod TEXT NOT NULL, json TEXT NOT NULL, label TEXT)');
  addLabels(db);
  const put = prepare(
    db,
    'INSERT INTO bodies (id, pod, json, label) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET pod = excluded.pod, json = excluded.json, label = excluded.label',
  );
  const get = prepare(db, 'SELECT json, label FROM bodies WHERE id = ?');
  const remove = prepare(db, 'DELETE FROM bodies WHERE id = ?');
  const recent = boundedMap<LabelledText>(MOST_RECENT);
  group.onUndone(() => recent.clear());
  const keep = (id: string, json: string, label: string | null): LabelledText => {
    const text = textOf(json, label);
    recent.set(id, text, json.length);
    return text;
  };
  const putting = (bodies: readonly Body[]) => {
    const rows = bodies.map(({ id, pod, text, label }) => ({
      ...{ id, pod, json: JSON.stringify(text) },
      label: label ? JSON.stringify(label) : null,
    }));
    return () => {
      for (const { id, pod, json, label } of rows) {
        put.run([id, pod, json, label]);
        keep(id, json, label);
      }
    };
  };
  const read = (id: string): LabelledText | undefined => {
    const [json, label] = get.get([id]) ?? [];
    return json === undefined ? undefined : keep(id, json as string, label as string | null);
  };
  return {
    putting,
    // Needs no flush of its own: the commit that refers to the bodies comes later in the same write-ahead log, and is
    // flushed.
    put: (bodies) => group.write('view', putting(bodies)),
    async get(ids) {
      const found = new Map<string, LabelledText>();
      for (const id of ids) {
        const text = recent.get(id) ?? read(id);
        if (text) found.set(id, text);
      }
      return found;
    },
    async remove(ids) {
      const gone = [...ids];
      // Erasing is a journal write, because erased words must not come back after a power cut.
      await group.erase('journal', () => {
        for (const id of gone) {
          recent.delete(id);
          remove.run([id]);
        }
      });
    },
  };
}

/** Frozen, because several readers share it. */
function textOf(json: string, label: string | null): LabelledText {
  const text = JSON.parse(json) as string;
  return Object.freeze(label === null ? { text } : { text, label: Object.freeze(JSON.parse(label) as object) });
}

/** Adds the column for labels, which a store of Skein 0.1.0 does not have. */
function addLabels(db: Database): void {
  const columns = prepare(db, 'SELECT name FROM pragma_table_info(?)').all(['bodies']);
  if (!columns.some(([name]) => name === 'label')) db.exec('ALTER TABLE bodies ADD COLUMN label TEXT');
}
