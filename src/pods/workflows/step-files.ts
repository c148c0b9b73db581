// The files that the steps of a workflow make. A name with a field is another file at each start; one without is the same
// file each time.
import type { Reader } from '../../log/action.ts';
import { FILES } from '../files/file.ts';
import { fileId } from '../files/files.ts';
import { isoWeek } from '../local-time.ts';
import { TASKS } from '../tasks/task.ts';
import { fieldsIn, filledIn } from './step-fields.ts';
import type { WorkflowStep } from './workflow.ts';

/**
 * The fields of a file's name, beside the ids of the steps: the ISO week of the start (2026-W50), its local date (2026-12-07),
 * and the number of the task of the whole.
 */
export const FILE_FIELDS: readonly string[] = ['week', 'date', 'run'];

type Making = Pick<WorkflowStep, 'id' | 'file'>;

interface Numbers {
  /** The number of the task of the whole. */
  run: number;
  /** By the ids of the steps: the numbers of their tasks. */
  steps: ReadonlyMap<string, { number: number }>;
}

/**
 * Returns a file's name at a start. `day`: the local date of the start. `taken`: the names that earlier starts have; such a
 * name gets the number of this one, as in `slides-2026-W50-12.md`.
 */
export function fileNameOf(
  file: string,
  { day, taken, numbers: { run, steps } }: { day: string; taken: ReadonlySet<string>; numbers: Numbers },
): string {
  // A step that is called as a field is comes first: earlier versions had no such fields.
  const values = new Map([
    ...[...datesOf(day), ['run', `${run}`] as const],
    ...[...steps].map(([id, { number }]) => [id, `${number}`] as const),
  ]);
  const name = filledIn(file, values);
  return taken.has(name) ? name.replace(/(\.[^./]+)?$/, (ending) => `-${run}${ending}`) : name;
}

/** Returns those names, of files called by the day alone, that a file or a task of the pod has already. */
export async function takenNames(
  read: Reader,
  { pod, day, steps }: { pod: string; day: string; steps: readonly Making[] },
): Promise<Set<string>> {
  const dates = new Map(datesOf(day).filter(([field]) => steps.every(({ id }) => id !== field)));
  const byDay = (file: string) => fieldsIn(file).length > 0 && fieldsIn(file).every((field) => dates.has(field));
  const names = new Set(steps.flatMap(({ file }) => (file && byDay(file) ? [filledIn(file, dates)] : [])));
  const isTaken = async (name: string) => {
    const id = fileId(pod, name);
    const [file, tasks] = await Promise.all([
      read.get(FILES, id),
      // A step that is not done yet may have made nothing.
      read.find(TASKS, { where: { files: id }, limit: 1 }),
    ]);
    return file !== undefined || tasks.length > 0;
  };
  const taken = await Promise.all([...names].map(async (name) => ((await isTaken(name)) ? [name] : [])));
  return new Set(taken.flat());
}

function datesOf(day: string): (readonly [string, string])[] {
  return [
    ['week', isoWeek(day)],
    ['date', day],
  ];
}
