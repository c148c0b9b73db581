// The graph of tasks as the pod shows it: what is read of it, and which of its tasks and edges are drawn. Pure.
import { z } from 'zod';
import { type Edge, reduced } from './layered.ts';

const task = z.object({
  id: z.string(),
  number: z.int(),
  title: z.string(),
  is: z.enum(['stuck', 'review', 'started', 'ready', 'waits', 'done', 'dropped']),
  assigneeName: z.string().optional(),
  due: z.string().optional(),
  waits_for: z.string().optional(),
  review: z.string().optional(),
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

/** Draws the tasks that are not done and have an edge, and beside them those that they waited for. */
export function chosen(all: readonly DrawnTask[]): Chosen {
  const isOver = ({ is }: DrawnTask) => is === 'done' || is === 'dropped';
  const open = new Map(all.filter((one) => !isOver(one)).map((one) => [one.number, one]));
  const byNumber = new Map(all.map((one) => [one.number, one]));
  const waits = all.flatMap(({ number: to, depends_on: before }): DrawnEdge[] =>
    before.flatMap((from) => (byNumber.has(from) ? [{ from, to, kind: 'waits' }] : [])),
  );
  const parts = all.flatMap(({ number: from, part_of: to }): DrawnEdge[] =>
    to !== undefined && byNumber.has(to) ? [{ from, to, kind: 'part' }] : [],
  );
  const kept = new Set(reduced(waits).map(({ from, to }) => `${from} ${to}`));
  const edges = [...waits.filter(({ from, to }) => kept.has(`${from} ${to}`)), ...parts].filter(({ to }) =>
    open.has(to),
  );
  const linked = new Set(edges.flatMap(({ from, to }) => [from, to]));
  return {
    tasks: all.filter(({ number }) => linked.has(number)).sort((a, b) => a.number - b.number),
    edges,
    alone: [...open.keys()].filter((number) => !linked.has(number)).length,
  };
}
