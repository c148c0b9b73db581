// The practice mail server's memory: every mail it took and what became of it, in a journal that outlives the process.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Posted {
  /** 1, 2, 3 … in the order they came. */
  n: number;
  from: string;
  /** The recipients that the sending side named. */
  to: string[];
  raw: Buffer;
  /** Milliseconds since 1970. */
  at: number;
  /** It was handed on to the addresses of pods, or can't be. */
  handed: boolean;
}

export interface PostOffice {
  /** Newest last. */
  all(): readonly Posted[];
  take(mail: Pick<Posted, 'from' | 'to' | 'raw' | 'at'>): Posted;
  handed(n: number): void;
}

type Line = { n: number; from: string; to: string[]; raw: string; at: number } | { handed: number };

export function openPostOffice(dir: string): PostOffice {
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'mails.jsonl');
  const mails: Posted[] = [];
  const kept = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  for (const line of linesOf(kept)) {
    if ('handed' in line) {
      const mail = mails[line.handed - 1];
      if (mail) mail.handed = true;
    } else mails.push({ ...line, raw: Buffer.from(line.raw, 'base64'), handed: false });
  }
  const write = (line: Line) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  // What a crash cut off must not take the next line with it.
  if (kept.length && kept.at(-1) !== LINE_END) appendFileSync(file, '\n');
  return {
    all: () => mails,
    take(mail) {
      const posted: Posted = { ...mail, n: mails.length + 1, handed: false };
      write({ n: posted.n, from: posted.from, to: posted.to, raw: posted.raw.toString('base64'), at: posted.at });
      mails.push(posted);
      return posted;
    },
    handed(n) {
      const mail = mails[n - 1];
      if (!mail || mail.handed) return;
      write({ handed: n });
      mail.handed = true;
    },
  };
}

const LINE_END = 0x0a;

/** Line by line: all of them may be more than a string can hold. One that was cut by a crash was never acknowledged. */
function* linesOf(kept: Buffer): Generator<Line> {
  for (let from = 0; from < kept.length; ) {
    const end = kept.indexOf(LINE_END, from);
    const line = parsed(kept.toString('utf8', from, end === -1 ? kept.length : end));
    if (line) yield line;
    from = end === -1 ? kept.length : end + 1;
  }
}

function parsed(text: string): Line | undefined {
  try {
    return text ? (JSON.parse(text) as Line) : undefined;
  } catch {
    return undefined;
  }
}
