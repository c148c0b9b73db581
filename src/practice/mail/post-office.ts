// Stores the newest mails of the practice mail server in a journal file, with the state of their delivery.
import { join } from 'node:path';
import { type Logger, logFailure } from '../../logger.ts';
import { openLines } from '../lines.ts';

export interface Posted {
  /** The mail's number, counted from 1 in the order of arrival. */
  n: number;
  from: string;
  /** The recipients that the sending server gave. */
  to: string[];
  raw: Buffer;
  /** When the mail arrived, in milliseconds since 1970. */
  at: number;
  /** True if the mail needs no further delivery: Skein accepted it, or never will. */
  handed: boolean;
}

export interface PostOffice {
  /** Returns the stored mails, the newest last. */
  all(): readonly Posted[];
  /** Returns the number of the newest mail; 0 before the first. */
  newest(): number;
  /** Stores a mail. @throws Retryable if it can't be stored */
  take(mail: Pick<Posted, 'from' | 'to' | 'raw' | 'at'>): Posted;
  handed(n: number): void;
  close(): void;
}

/** The limits of the store. The oldest mails are removed, but not those that wait for delivery. */
export interface Room {
  mails: number;
  bytes: number;
}

const ROOM: Room = { mails: 1000, bytes: 128 * 1024 * 1024 };

type Line = { n: number; from: string; to: string[]; raw: string; at: number } | { handed: number };

export function openPostOffice(dir: string, logger: Logger, room: Room = ROOM): PostOffice {
  const lines = openLines(join(dir, 'mails.jsonl'));
  const mails = new Map<number, Posted>();
  let [newest, bytes, dropped] = [0, 0, 0];

  function add(mail: Posted): void {
    mails.set(mail.n, mail);
    newest = mail.n;
    bytes += mail.raw.length;
  }

  function makeRoom(): void {
    for (const { n, raw, handed } of mails.values()) {
      if ((mails.size <= room.mails && bytes <= room.bytes) || n === newest) return;
      if (!handed) continue;
      mails.delete(n);
      bytes -= raw.length;
      dropped += 1;
    }
  }

  for (const text of lines.read()) {
    const line = parsed(text);
    if (!line) continue;
    if ('handed' in line) {
      const mail = mails.get(line.handed);
      if (mail) mail.handed = true;
    } else add({ ...line, raw: Buffer.from(line.raw, 'base64'), handed: false });
    makeRoom();
  }
  if (dropped) {
    logger.info('practice mail: the oldest mails are no longer kept', { dropped, kept: mails.size });
    try {
      lines.keep(linesOf(mails.values()));
    } catch (error) {
      logFailure(logger, 'warn', 'practice mail: the file could not be made smaller', error);
    }
  }

  return {
    all: () => [...mails.values()],
    newest: () => newest,
    take(mail) {
      const posted: Posted = { ...mail, n: newest + 1, handed: false };
      lines.add(lineOf(posted));
      add(posted);
      makeRoom();
      return posted;
    },
    handed(n) {
      const mail = mails.get(n);
      if (!mail || mail.handed) return;
      mail.handed = true;
      lines.add(JSON.stringify({ handed: n } satisfies Line));
    },
    close: lines.close,
  };
}

function* linesOf(mails: Iterable<Posted>): Generator<string> {
  for (const mail of mails) {
    yield lineOf(mail);
    if (mail.handed) yield JSON.stringify({ handed: mail.n } satisfies Line);
  }
}

function lineOf({ n, from, to, raw, at }: Posted): string {
  return JSON.stringify({ n, from, to, raw: raw.toString('base64'), at } satisfies Line);
}

/** Returns the line's content. Undefined if the line is invalid, so that the other mails can still be read. */
function parsed(text: string): Line | undefined {
  try {
    const line = JSON.parse(text) as Line;
    return 'handed' in line || (Number.isInteger(line.n) && Array.isArray(line.to)) ? line : undefined;
  } catch {
    return undefined;
  }
}
