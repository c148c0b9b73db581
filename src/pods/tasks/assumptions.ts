// The assumptions of an agent that was not to ask: they stand with the result, for whoever wants only that. Pure.
import { z } from 'zod';

const MOST = 10;

export const assumptionsInput = z
  .array(z.string().trim().min(1).max(300))
  .max(MOST)
  .optional()
  .describe('What you took for granted without asking');

/** Returns one sentence, such as “Assumed: the hall seats 40; nobody wants lunch.” Empty if nothing was assumed. */
export function assumedWords(assumptions: readonly string[] = []): string {
  const all = assumptions.map((one) => one.replace(/\s+/g, ' ').replace(/[.;\s]+$/, '')).filter(Boolean);
  return all.length ? `Assumed: ${all.join('; ')}.` : '';
}
