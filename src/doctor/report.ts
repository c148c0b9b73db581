// Formats the doctor's report: a line for each check, its cure below, and the totals at the end. Pure.
import type { Checked } from './check.ts';

const MARK = { ok: '✓', warning: '!', fault: '✗' } as const;
/** The width of the longest part name, `Data directory`. */
const PART = 14;
const INDENT = ' '.repeat(PART + 4);

export function lineOf({ kind, part, says, cure }: Checked): string {
  const cures = cure === undefined ? [] : cure.split('\n');
  return [
    `${MARK[kind]} ${part.padEnd(PART)}  ${says.replaceAll('\n', ' ')}`,
    ...cures.map((each) => INDENT + each),
  ].join('\n');
}

/** Returns the report as JSON, for other programs. */
export function reportOf(version: string, checks: readonly Checked[]) {
  const count = (kind: Checked['kind']) => checks.filter((each) => each.kind === kind).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  return { version, ok: faults === 0, faults, warnings, checks };
}

export type Report = ReturnType<typeof reportOf>;

export function sumOf({ faults, warnings }: Pick<Report, 'faults' | 'warnings'>): string {
  const counts = [faults && counted(faults, 'fault'), warnings && counted(warnings, 'warning')].filter(Boolean);
  return counts.length ? `${counts.join(', ')}. What to do stands under each.` : 'Everything works.';
}

const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
