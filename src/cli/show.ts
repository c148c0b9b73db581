// Formats answers for a terminal, or as JSON for other programs.
import { resultText } from '../doors/typed/result.ts';
import type { Io } from './io.ts';

// Matches control characters (C0 and C1). In text that others wrote, they could control the terminal.
const CONTROL = /[^\P{Cc}\n\t]/gu;

/** Removes control characters. */
export function plain(text: string): string {
  return text.replace(CONTROL, '\ufffd');
}

export function asJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    CONTROL,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

export function asText(value: unknown): string {
  return plain(resultText(value));
}

export function show(io: Io, json: boolean, value: unknown, text: string): void {
  io.out(`${json ? asJson(value) : text}\n`);
}

/** Formats an age, as `just now`, `5 min`, `3 h` or `2 d`. */
export function ageOf(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} d`;
}

/** Aligns the columns with spaces. The last column is not padded. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, n) => Math.max(most[n] ?? 0, cell.length)), []);
  return rows
    .map((row) =>
      row
        .map((cell, n) => (n === row.length - 1 ? cell : cell.padEnd(widths[n] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
