// Prints the results: a line per figure, and for each goal whether it was reached.
import { median, spread } from './measure.ts';

export interface Aim {
  text: string;
  reached(value: number): boolean;
}

export function line(name: string, values: readonly number[], unit = '', aim?: Aim): void {
  const said = aim ? `   aim ${aim.text}: ${aim.reached(median(values)) ? 'reached' : 'MISSED'}` : '';
  process.stdout.write(`  ${name.padEnd(46)} ${spread(values).padStart(24)} ${unit}${said}\n`);
}

export function title(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

export const atMost = (most: number): Aim => ({ text: `at most ${most}`, reached: (value) => value <= most });
export const atLeast = (least: number): Aim => ({ text: `at least ${least}`, reached: (value) => value >= least });
