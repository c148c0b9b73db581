// The graph of tasks as the pod shows it: what is read of it, and which of its tasks and edges are drawn. Pure.
import { z } from 'zod';
import { type Edge, reduced } from './layered.ts';

const task = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  is: z.enum(['stuck', 'review', 'started', 'ready', 'parts', 'waits', 'done', 'dropped']),
  assigneeName: z.string().optional(),
  due: z.string().optional(),
  waits_for: z.string().optional(),
  review: z.string().optional(),
  parts: z.string().optional(),
  depends_on: z.array(z.int()).default([]),
  part_of: z.int().optional(),
});

/** The result of `read_graph`, as far as it is drawn. */
export const readGraph = z.object({ tasks: z.array(task) });

export type DrawnTask = z.infer<typeof task>;

export interface DrawnEdge extends Edge {
  /** `part`: `from` is a part of `to`. */
  kind: 'waits' | 'part';
}

export interface Chosen {
  tasks: DrawnTask[];
  edges: DrawnEdge[];
  /** How many tasks that are not done stand alone: they wait for none, and none waits for them. */
  alone: number;
}

/** Draws the tasks that are not done and have an edge, beside them those that they waited for, and all parts of an open task in their order. */
export function chosen(all: readonly DrawnTask[]): Chosen {
  const isOver = ({ is }: DrawnTask) => is === 'done' || is === 'dropped';
  const open = new Map(all.filter((one) => !isOver(one)).map((one) => [one.number, one]));
  const byNumber = new Map(all.map((one) => [one.number, one]));
  const waits = all.flatMap(({ number: to, depends_on: before }): DrawnEdge[] =>
    before.flatMap((from) => (byNumber.has(from) ? [{ from, to, kind: 'waits' }] : [])),
  );
  const parts = all.flatMap(({ number: from, part_of: to }): DrawnEdge[] =>
    to !== undefined && open.has(to) ? [{ from, to, kind: 'part' }] : [],
  );
  const inWhole = new Set(parts.map(({ from }) => from));
  const kept = new Set(reduced(waits).map(({ from, to }) => `${from} ${to}`));
  const edges = [
    ...waits.filter(
      ({ from, to }) => kept.has(`${from} ${to}`) && (open.has(to) || (inWhole.has(from) && inWhole.has(to))),
    ),
    ...parts,
  ];
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return {
    tasks: all.filter(({ number }) => linked.has(number)).sort((a, b) => a.number - b.number),
    edges,
    alone: [...open.keys()].filter((number) => !linked.has(number)).length,
  };
}

/** Limits a drawing: to the parts of a task, or what a person has. */
export interface Only {
  /** The number of the whole. */
  whole?: number | undefined;
  /** The name of whoever has them. */
  person?: string | undefined;
}

/** Keeps what is asked for, of a person with what stands right before and after it. Without a limit it keeps all. */
export function limited(all: readonly DrawnTask[], { whole, person }: Only): DrawnTask[] {
  const wholes = new Map(all.flatMap(({ number, part_of: of }) => (of === undefined ? [] : [[number, of] as const])));
  const isIn = (number: number | undefined, left = all.length): boolean =>
    number !== undefined && left >= 0 && (number === whole || isIn(wholes.get(number), left - 1));
  const inside = whole === undefined ? [...all] : all.filter(({ number }) => isIn(number));
  if (person === undefined) return inside;
  const theirs = inside.filter(({ assigneeName }) => assigneeName === person);
  const numbers = new Set(theirs.map(({ number }) => number));
  const near = new Set(
    theirs.flatMap(({ depends_on: before, part_of: of }) => [...before, ...(of === undefined ? [] : [of])]),
  );
  return inside.filter(
    ({ number, depends_on: before }) =>
      numbers.has(number) || near.has(number) || before.some((one) => numbers.has(one)),
  );
}

/** The title without the words that its whole ends with too: “Draft the slides” of “Draft the slides: week 49”. */
export function shortTitle({ title }: DrawnTask, whole: DrawnTask | undefined): string {
  const from = whole?.title.indexOf(': ') ?? -1;
  const shared = from < 0 ? undefined : whole?.title.slice(from);
  return shared && title.endsWith(shared) && title.length > shared.length ? title.slice(0, -shared.length) : title;
}
