// Overwrites what erased rows have left in the unused parts of the database's pages. SQLite overwrites a row where it stands when it
// is deleted (`secure_delete`). When it moved rows between pages before, it left copies behind in the gap of the page
// (https://sqlite.org/fileformat2.html#b_tree_pages), and nothing overwrites those.
import { type Database, prepare } from './database.ts';
import type { Group } from './group.ts';

export interface WipeSettings {
  /** How long to wait after an erasure, in milliseconds, because several erasures often come together. */
  afterMs: number;
  /** The shortest time between the begins of two passes through all pages, in milliseconds. */
  everyMs: number;
  /** How many pages are looked at without a pause. Nothing else happens meanwhile. */
  pages: number;
  /** The pause after them, in milliseconds. */
  pauseMs: number;
}

/** A piece takes some 2 ms: a database of 400 MB has 1,600 pieces, and a pass through it takes half a minute and 2 s of CPU. */
export const WIPE: WipeSettings = { afterMs: 2000, everyMs: 600_000, pages: 64, pauseMs: 15 };

export interface PageWiper {
  /** Stops the timer. The mark stays, so the next opening goes through the pages. */
  stop(): void;
}

/**
 * Goes through all pages, in pieces, after an erasure, and after an opening if the last pass did not get to its end. Call it
 * within a transaction. `wiped` is called after each pass: the write-ahead log still holds the pages as they were.
 */
export function wipeErased(
  db: Database,
  group: Pick<Group, 'onErased' | 'between' | 'write'>,
  wiped: () => void,
  { afterMs, everyMs, pages, pauseMs }: WipeSettings = WIPE,
): PageWiper {
  const known = prepare(db, "SELECT 1 FROM sqlite_master WHERE name = 'wiping'").get([]);
  // A row stands here from an erasure to the end of the pass that begins after it. Earlier versions wiped nothing.
  if (!known) db.exec('CREATE TABLE wiping (n INTEGER PRIMARY KEY); INSERT INTO wiping (n) VALUES (1)');
  const mark = prepare(db, 'INSERT OR IGNORE INTO wiping (n) VALUES (1)');
  const unmark = prepare(db, 'DELETE FROM wiping');
  const wipe = pageWiper(db);
  let isMarked = prepare(db, 'SELECT 1 FROM wiping').get([]) !== undefined;
  /** True if something was erased since the pass began. */
  let erasedSince = isMarked;
  /** The next page. Absent while no pass is on its way. */
  let next: number | undefined;
  let begun = Number.NEGATIVE_INFINITY;
  let timer: NodeJS.Timeout | undefined;

  function onErased(): void {
    erasedSince = true;
    // It is in the transaction of the erasure, or the one after: a crash in between leaves the words where they were.
    if (!isMarked) setMark(true);
    begin();
  }

  /** A write that fails, as on a full disk, leaves the mark as it was. */
  function setMark(to: boolean): void {
    isMarked = to;
    group
      .write('view', () => void (to ? mark : unmark).run([]))
      .catch(() => {
        isMarked = !to;
      });
  }

  function begin(): void {
    if (next === undefined) timer ??= after(Math.max(afterMs, begun + everyMs - performance.now()));
  }

  function after(ms: number): NodeJS.Timeout {
    return setTimeout(piece, ms).unref();
  }

  function piece(): void {
    timer = undefined;
    if (next === undefined) {
      begun = performance.now();
      erasedSince = false;
      next = 1;
    }
    const from = next;
    let left = false;
    // A full disk, or a transaction that cannot be ended: the next write reports it, and this piece is tried again.
    const isDone = tried(() =>
      group.between(() => {
        left = wipe(from, pages);
        return true;
      }),
    );
    if (!isDone) timer = after(afterMs);
    else if (left) {
      next = from + pages;
      timer = after(pauseMs);
    } else end();
  }

  function end(): void {
    next = undefined;
    wiped();
    if (erasedSince) begin();
    else setMark(false);
  }

  group.onErased(onErased);
  if (isMarked) begin();
  return { stop: () => clearTimeout(timer) };
}

function tried(work: () => boolean): boolean {
  try {
    return work();
  } catch {
    return false;
  }
}

/** Returns a function that wipes so many pages from this one on, in a transaction of its own, and says if there are more. */
function pageWiper(db: Database): (from: number, count: number) => boolean {
  const begin = prepare(db, 'BEGIN');
  const commit = prepare(db, 'COMMIT');
  const pages = prepare(db, 'PRAGMA page_count');
  // Only in a file that vacuums itself are there pages that say where others are, and these begin with any byte.
  const most = prepare(db, 'PRAGMA auto_vacuum').get([])?.[0] === 0 ? MOST_PAGES : 0;
  // One by one: a range goes through all pages up to its end.
  const read = prepare(db, 'SELECT data FROM sqlite_dbpage WHERE pgno = ?');
  const write = prepare(db, 'UPDATE sqlite_dbpage SET data = ? WHERE pgno = ?');
  return (from, count) => {
    begin.run([]);
    try {
      const last = pages.get([])?.[0] as number;
      const end = Math.min(from + count, last + 1, most);
      for (let page = from; page < end; page++) {
        const data = read.get([page])?.[0] as Buffer | undefined;
        const clean = data && withoutRests(data, page);
        if (clean) write.run([clean, page]);
      }
      commit.run([]);
      return end === from + count;
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  };
}

/**
 * Only pages of b-trees begin with one of these bytes: others begin with the number of a page, whose first byte is 0 in a file
 * of fewer pages than this (137 GB).
 */
const MOST_PAGES = 0x2000000;
const LEAVES = [10, 13];
const INNER = [2, 5];

/**
 * Returns the page with zeros between its cell pointers and its cells, and in its free blocks; undefined if it has them, or is
 * no page of a b-tree. https://sqlite.org/fileformat2.html#b_tree_pages
 */
export function withoutRests(data: Buffer, page: number): Buffer | undefined {
  const head = page === 1 ? 100 : 0;
  const type = data[head] ?? 0;
  if (!LEAVES.includes(type) && !INNER.includes(type)) return undefined;
  const pointers = head + (LEAVES.includes(type) ? 8 : 12);
  const cells = data.readUInt16BE(head + 5) || 65_536;
  const unused: [number, number][] = [[pointers + 2 * data.readUInt16BE(head + 3), cells]];
  for (let block = data.readUInt16BE(head + 1), before = 0; block > before; ) {
    if (block + 4 > data.length) return undefined;
    unused.push([block + 4, block + data.readUInt16BE(block + 2)]);
    before = block;
    block = data.readUInt16BE(block);
  }
  if (unused.some(([from, to]) => from > to || to > data.length)) return undefined;
  const used = unused.filter(([from, to]) => !isZero(data, from, to));
  if (!used.length) return undefined;
  const clean = Buffer.from(data);
  for (const [from, to] of used) clean.fill(0, from, to);
  return clean;
}

const ZEROS = Buffer.alloc(65_536);

function isZero(data: Buffer, from: number, to: number): boolean {
  return data.compare(ZEROS, 0, to - from, from, to) === 0;
}
