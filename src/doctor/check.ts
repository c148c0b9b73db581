// Runs one check of the doctor with a time limit. A failure does not stop other checks.
import { Retryable, reasonOf, UserFacingError } from '../errors.ts';

/** `says`: the state. `cure`: what to do, as one or several lines. */
export interface Finding {
  kind: 'ok' | 'warning' | 'fault';
  /** Absent: the part of the check. */
  part?: string;
  says: string;
  cure?: string;
}

export interface Check {
  part: string;
  /** The time limit, in milliseconds. */
  within?: number;
  /** The cure for an error that names none itself. */
  cure: string;
  /** Must close all that it opens, also when the signal is aborted. */
  run(signal: AbortSignal): Promise<Finding | Finding[]>;
}

export interface Checked extends Finding {
  part: string;
  /** The duration, in milliseconds. */
  ms: number;
}

export const ok = (says: string): Finding => ({ kind: 'ok', says });
export const warning = (says: string, cure: string): Finding => ({ kind: 'warning', says, cure });
export const fault = (says: string, cure: string): Finding => ({ kind: 'fault', says, cure });

const WITHIN_MS = 10_000;

/** Never rejects. `now` in milliseconds. `clean` redacts secrets in every text. */
export async function runCheck(
  { now, clean }: { now(): number; clean(text: string): string },
  { part, within = WITHIN_MS, cure, run }: Check,
): Promise<Checked[]> {
  const limit = new AbortController();
  const begun = now();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Finding>((resolve) => {
    timer = setTimeout(() => {
      // Resolved before the abort, so that the abort's own error is not reported.
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

/** Splits an error message: the first sentence says what is wrong, the rest is the cure. Default: `cure`. */
export function faultOf(message: string, cure: string): Finding {
  const parted = /^(.+?[.!?])\s+(?=[\p{Lu}“])(.+)$/su.exec(message);
  return fault(parted?.[1] ?? message, parted?.[2] ?? cure);
}
