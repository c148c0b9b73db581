// Runs one check of the doctor with a time limit. If a check fails, the others go on.
import { Retryable, reasonOf, UserFacingError } from '../errors.ts';

/** `says`: the state that was found. `cure`: what to do, as one or several lines. */
export interface Finding {
  kind: 'ok' | 'warning' | 'fault';
  /** Absent: the finding belongs to the part of its check. */
  part?: string;
  says: string;
  cure?: string;
}

export interface Check {
  part: string;
  /** The time limit, in milliseconds. */
  within?: number;
  /** The cure that is shown if the error itself names none. */
  cure: string;
  /** Makes the check. It must close all that it opens, also if the signal is aborted. */
  run(signal: AbortSignal): Promise<Finding | Finding[]>;
}

export interface Checked extends Finding {
  part: string;
  /** The duration of the check, in milliseconds. */
  ms: number;
}

export const ok = (says: string): Finding => ({ kind: 'ok', says });
export const warning = (says: string, cure: string): Finding => ({ kind: 'warning', says, cure });
export const fault = (says: string, cure: string): Finding => ({ kind: 'fault', says, cure });

const WITHIN_MS = 10_000;

/**
 * Runs a check and returns its findings. Never rejects. `now` returns milliseconds; `clean` redacts secrets in every
 * text.
 */
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

/**
 * Splits an error message into a finding: the first sentence is the fault, the rest the cure. If there is no rest,
 * `cure` is used.
 */
export function faultOf(message: string, cure: string): Finding {
  const parted = /^(.+?[.!?])\s+(?=[\p{Lu}“])(.+)$/su.exec(message);
  return fault(parted?.[1] ?? message, parted?.[2] ?? cure);
}
