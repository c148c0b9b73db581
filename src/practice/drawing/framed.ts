// Lays out the drawing in frames: a task with parts is a frame around them, so that no line has to say whose parts they
// are. Pure, in pixels.
import type { Chosen, DrawnEdge, DrawnTask } from './graph.ts';
import { type Layout, layered } from './layered.ts';

export const BOX = { width: 220, height: 52 };
const GAP = { x: 56, y: 16 };
const EDGE = 22;
/** The room that a frame leaves around its parts, and for its title. */
const FRAME = { side: 14, head: 54, foot: 14 };

interface Point {
  x: number;
  y: number;
}

export interface Area extends Point {
  task: DrawnTask;
  width: number;
  height: number;
}

export interface Framed {
  frames: Area[];
  /** `whole`: the task in whose frame it stands. */
  boxes: (Area & { whole?: DrawnTask })[];
  /** From the right side of one to the left side of the other, over the boxes that it passes. */
  ways: { edge: DrawnEdge; from: Point; passes: Point[]; to: Point }[];
  width: number;
  height: number;
}

/** Tasks that stand together: the parts of a whole, or tasks that wait for each other. */
interface Block {
  whole?: DrawnTask;
  tasks: DrawnTask[];
  layout: Layout;
  /** The layer in which it begins. */
  first: number;
  /** The y of its upper side. */
  top: number;
}

export function framed({ tasks, edges }: Chosen): Framed {
  const blocks = blocksOf(tasks, edges);
  const blockOf = new Map<number, Block>();
  for (const block of blocks) {
    for (const { number } of block.tasks) blockOf.set(number, block);
    if (block.whole) blockOf.set(block.whole.number, block);
  }
  begin(blocks, edges, blockOf);
  let y = EDGE;
  for (const block of blocks) {
    block.top = y;
    y += heightOf(block) + GAP.y;
  }
  const frames = blocks.flatMap((block) => (block.whole ? [frameOf(block, block.whole)] : []));
  const boxes = blocks.flatMap((block) => block.tasks.map((task) => boxOf(task, block)));
  const areas = new Map([...frames, ...boxes].map((area) => [area.task.number, area]));
  const layers = Math.max(...blocks.map(({ first, layout }) => first + layout.layers));
  return {
    frames,
    boxes,
    ways: edges.flatMap((edge) => {
      const [from, to] = [areas.get(edge.from), areas.get(edge.to)];
      // The frame itself says that its parts come first.
      const isSaid = [edge.from, edge.to].some((one) => one === blockOf.get(edge.from)?.whole?.number);
      if (!from || !to || (isSaid && blockOf.get(edge.from) === blockOf.get(edge.to))) return [];
      return [{ edge, from: rightOf(from), passes: passesOf(edge, blockOf.get(edge.from)), to: leftOf(to) }];
    }),
    width: 2 * EDGE + layers * (BOX.width + GAP.x) - GAP.x,
    height: y - GAP.y + EDGE,
  };
}

/** A frame for each task with parts that is a part of none itself, and a block for each group of other tasks. */
function blocksOf(tasks: readonly DrawnTask[], edges: readonly DrawnEdge[]): Block[] {
  const byNumber = new Map(tasks.map((task) => [task.number, task]));
  const wholes = new Map(edges.flatMap(({ kind, from, to }) => (kind === 'part' ? [[from, to] as const] : [])));
  const isWhole = new Set(wholes.values());
  const topOf = (number: number) => {
    const met = new Set<number>();
    let top = number;
    for (let next = wholes.get(top); next !== undefined && !met.has(next); next = wholes.get(top)) {
      met.add(next);
      top = next;
    }
    return top;
  };
  const inFrames = new Set([...wholes.keys(), ...isWhole].filter((number) => isWhole.has(topOf(number))));
  const group = together(
    tasks.filter(({ number }) => !inFrames.has(number)),
    edges,
  );
  const groups = new Map<number, DrawnTask[]>();
  for (const task of tasks) {
    const at = inFrames.has(task.number) ? topOf(task.number) : (group.get(task.number) ?? task.number);
    groups.set(at, [...(groups.get(at) ?? []), task]);
  }
  return [...groups].map(([at, all]) => {
    const whole = inFrames.has(at) ? byNumber.get(at) : undefined;
    const inside = all.filter((task) => task !== whole);
    const layout = layered({ nodes: inside.map(({ number }) => number), edges });
    return { ...(whole ? { whole } : {}), tasks: inside, layout, first: 0, top: 0 };
  });
}

/** Gives tasks that are joined by edges the same number: the smallest of theirs. */
function together(tasks: readonly DrawnTask[], edges: readonly DrawnEdge[]): Map<number, number> {
  const near = new Map<number, number[]>(tasks.map(({ number }) => [number, []]));
  for (const { from, to } of edges) {
    if (!near.has(from) || !near.has(to)) continue;
    near.get(from)?.push(to);
    near.get(to)?.push(from);
  }
  const found = new Map<number, number>();
  for (const start of [...near.keys()].sort((a, b) => a - b)) {
    const left = found.has(start) ? [] : [start];
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      if (found.has(one)) continue;
      found.set(one, start);
      left.push(...(near.get(one) ?? []));
    }
  }
  return found;
}

/** Moves blocks to the right until what waits for a task of another stands right of it. Blocks that wait for each other stay. */
function begin(blocks: readonly Block[], edges: readonly DrawnEdge[], blockOf: ReadonlyMap<number, Block>): void {
  const layerIn = (block: Block, number: number, whole: number) => block.layout.at.get(number)?.layer ?? whole;
  for (let moves = true, pass = 0; moves && pass < blocks.length; pass++) {
    moves = false;
    for (const { from, to } of edges) {
      const [a, b] = [blockOf.get(from), blockOf.get(to)];
      if (!a || !b || a === b) continue;
      const first = a.first + layerIn(a, from, a.layout.layers - 1) + 1 - layerIn(b, to, 0);
      if (first <= b.first || first > blockOf.size) continue;
      b.first = first;
      moves = true;
    }
  }
}

const heightOf = ({ whole, layout }: Block) =>
  layout.rows * (BOX.height + GAP.y) - GAP.y + (whole ? FRAME.head + FRAME.foot : 0);

const xOf = (layer: number) => EDGE + layer * (BOX.width + GAP.x);
const yOf = ({ top, whole }: Block, row: number) => top + (whole ? FRAME.head : 0) + row * (BOX.height + GAP.y);

function frameOf(block: Block, task: DrawnTask): Area {
  const { first, top, layout } = block;
  const width = layout.layers * (BOX.width + GAP.x) - GAP.x + 2 * FRAME.side;
  return { task, x: xOf(first) - FRAME.side, y: top, width, height: heightOf(block) };
}

function boxOf(task: DrawnTask, block: Block): Framed['boxes'][number] {
  const { layer, row } = block.layout.at.get(task.number) ?? { layer: 0, row: 0 };
  const area = { task, x: xOf(block.first + layer), y: yOf(block, row), ...BOX };
  return block.whole ? { ...area, whole: block.whole } : area;
}

function passesOf(edge: DrawnEdge, block: Block | undefined): Point[] {
  const layer = block?.layout.at.get(edge.from)?.layer;
  if (!block || layer === undefined) return [];
  const rows = block.layout.ways.get(edge) ?? [];
  return rows.map((row, n) => ({ x: xOf(block.first + layer + n + 1), y: yOf(block, row) + BOX.height / 2 }));
}

/** Lines meet a frame beside its title. */
const middle = ({ y, height }: Area) => y + Math.min(height, BOX.height) / 2;
const rightOf = (area: Area): Point => ({ x: area.x + area.width, y: middle(area) });
const leftOf = (area: Area): Point => ({ x: area.x, y: middle(area) });
