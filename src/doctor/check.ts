// One check: a part of Skein tried for real, within its own time, and what came of it. A check that fails stops no other.
import { Retryable, reasonOf, UserFacingError } from '../errors.ts';

/** `says` is what is so, `cure` what to do about it: a sentence, or one for each line. */
export interface Finding {
  kind: 'ok' | 'warning' | 'fault';
  /** Absent: the part that the check is for. */
  part?: string;
  says: string;
  cure?: string;
}

export interface Check {
  part: string;
  /** How long it may take, in milliseconds. */
  within?: number;
  /** The advice for an error that has none of its own. */
  cure: string;
  /** Closes all that it opens, also when the signal ends it early. */
  run(signal: AbortSignal): Promise<Finding | Finding[]>;
}

export interface Checked extends Finding {
  part: string;
  /** Milliseconds that the check took. */
  ms: number;
}

export const ok = (says: string): Finding => ({ kind: 'ok', says });
export const warning = (says: string, cure: string): Finding => ({ kind: 'warning', says, cure });
export const fault = (says: string, cure: string): Finding => ({ kind: 'fault', says, cure });

const WITHIN_MS = 10_000;

/** Never rejects. `now` in milliseconds; `clean` takes secrets out of every text. */
export async function runCheck(
  { now, clean }: { now(): number; clean(text: string): string },
  { part, within = WITHIN_MS, cure, run }: Check,
): Promise<Checked[]> {
  const limit = new AbortController();
  const begun = now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      // First, so that the error which the abort brings is not what is told.
      resolve(fault(`There was no answer within ${within / 1000} seconds.`, cure));
      limit.abort();
    }, within);
  });
  const tried = Promise.resolve()
    .then(() => run(limit.signal))
    .catch((error: unknown) => findingOf(error, cure));
  const found = await Promise.race([tried, late]);
  clearTimeout(timer);
  const ms = Math.round(now() - begun);
  return [found].flat().map((each) => ({
    ...each,
    part: each.part ?? part,
    says: clean(each.says),
    ...(each.cure === undefined ? {} : { cure: clean(each.cure) }),
    ms,
  }));
}

export function findingOf(error: unknown, cure: string): Finding {
  const message = reasonOf(error);
  if (error instanceof UserFacingError || error instanceof Retryable) return faultOf(message, cure);
  return fault(`It failed in a way that Skein does not know: ${message}`, cure);
}

/** What people are told holds what was wrong in its first sentence, and what to do in the rest; `cure` where there is none. */
export function faultOf(message: string, cure: string): Finding {
  const parted = /^(.+?[.!?])\s+(?=[\p{Lu}“])(.+)$/su.exec(message);
  return fault(parted?.[1] ?? message, parted?.[2] ?? cure);
}
