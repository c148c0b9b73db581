// Draws the graph of tasks as SVG: a box for each task, what comes first at the left. Returns plain objects as the page's
// views are made of, so that nothing is parsed as HTML, and what did not change stays as it is in the browser. Pure.
import { type Chosen, chosen, type DrawnEdge, type DrawnTask } from './graph.ts';
import { type Layout, layered } from './layered.ts';

export interface Element {
  tag: string;
  attrs: Record<string, string>;
  children: (Element | string)[];
  key?: string;
}

export interface Drawing {
  svg: Element;
  /** How many tasks it shows, and how many of those that are not done stand alone. */
  drawn: number;
  alone: number;
}

const BOX = { width: 220, height: 52 };
const GAP = { x: 56, y: 16 };
const EDGE = 8;
/** Half the length of an arrow's head. */
const HEAD = 4;
/** The letters for which a line has room. A wide letter counts twice. */
const TITLE_ROOM = 22;
const FACTS_ROOM = 28;

export const WORDS: Readonly<Record<DrawnTask['is'], string>> = {
  stuck: 'stuck',
  review: 'in review',
  started: 'in progress',
  ready: 'can begin',
  waits: 'waits',
  done: 'done',
  dropped: 'dropped',
};

/** Signs on a square of 16: the states differ by form, not by colour alone. */
const MARKS: Readonly<Record<DrawnTask['is'], string>> = {
  stuck: 'M8 1.5 15 14H1zM8 6v4M8 12h.02',
  review: 'M1 8c3-5.5 11-5.5 14 0-3 5.5-11 5.5-14 0zM8 6a2 2 0 1 1 0 4 2 2 0 0 1 0-4z',
  started: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM8 1.5v13M8 4h3.8M8 7h6M8 10h6M8 13h3',
  ready: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM6.5 5v6l4.5-3z',
  waits: 'M3.5 1.5h9M3.5 14.5h9M4.5 1.5c0 4 7 5 7 13M11.5 1.5c0 4-7 5-7 13',
  done: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM4.8 8.3l2.2 2.2L11.3 6',
  dropped: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM5.5 5.5l5 5M10.5 5.5l-5 5',
};

/** Undefined if no task that is not done waits for another or is a part of one. */
export function drawGraph(all: readonly DrawnTask[]): Drawing | undefined {
  const what = chosen(all);
  const { tasks, edges, alone } = what;
  if (!tasks.length) return undefined;
  const layout = layered({ nodes: tasks.map(({ number }) => number), edges });
  return { svg: svgOf(what, layout), drawn: tasks.length, alone };
}

function svgOf({ tasks, edges }: Chosen, layout: Layout): Element {
  const width = 2 * EDGE + layout.layers * (BOX.width + GAP.x) - GAP.x;
  const height = 2 * EDGE + layout.rows * (BOX.height + GAP.y) - GAP.y;
  const attrs = {
    class: 'graph',
    viewBox: `0 0 ${width} ${height}`,
    width: String(width),
    height: String(height),
    role: 'group',
    'aria-label': 'The tasks as a drawing. The same stands below it as a list.',
  };
  return element('svg', attrs, [
    ...edges.map((edge) => edgeOf(edge, layout)),
    ...tasks.map((task) => boxOf(task, cornerOf(task.number, layout))),
  ]);
}

function cornerOf(number: number, { at }: Layout): { x: number; y: number } {
  const { layer, row } = at.get(number) ?? { layer: 0, row: 0 };
  return { x: xOf(layer), y: yOf(row) };
}

const xOf = (layer: number) => EDGE + layer * (BOX.width + GAP.x);
const yOf = (row: number) => EDGE + row * (BOX.height + GAP.y);

/** A curve from the right side of a box to the left side of the other, straight where it passes a layer between them. */
function edgeOf(edge: DrawnEdge, layout: Layout): Element {
  const from = layout.at.get(edge.from) ?? { layer: 0, row: 0 };
  const to = layout.at.get(edge.to) ?? { layer: 0, row: 0 };
  const middle = (row: number) => yOf(row) + BOX.height / 2;
  const passes = (layout.ways.get(edge) ?? []).map((row, n) => ({ x: xOf(from.layer + n + 1), y: middle(row) }));
  const end = { x: xOf(to.layer), y: middle(to.row) };
  let at = { x: xOf(from.layer) + BOX.width, y: middle(from.row) };
  let path = `M${at.x} ${at.y}`;
  for (const [n, next] of [...passes, end].entries()) {
    const half = (next.x - at.x) / 2;
    path += `C${at.x + half} ${at.y} ${next.x - half} ${next.y} ${next.x} ${next.y}`;
    if (n < passes.length) path += `H${next.x + BOX.width}`;
    at = { x: next.x + BOX.width, y: next.y };
  }
  const tip =
    edge.kind === 'part'
      ? element('circle', { cx: String(end.x - HEAD), cy: String(end.y), r: String(HEAD) })
      : element('path', { class: 'head', d: `M${end.x} ${end.y}l${-2 * HEAD} ${-HEAD}v${2 * HEAD}z` });
  return element(
    'g',
    { class: `edge ${edge.kind}` },
    [element('path', { class: 'way', d: path }), tip],
    `${edge.kind} ${edge.from} ${edge.to}`,
  );
}

function boxOf(task: DrawnTask, { x, y }: { x: number; y: number }): Element {
  const { id, number, title, is, assigneeName: who } = task;
  const facts = [WORDS[is], who ?? 'nobody yet'].join(' · ');
  const size = { width: String(BOX.width), height: String(BOX.height) };
  return element(
    'a',
    { class: `graph-task ${is}`, 'data-task': id, transform: `translate(${x} ${y})`, 'data-words': inWords(task) },
    [
      element('title', {}, [inWords(task)]),
      element('rect', { ...size, rx: '9' }),
      element('path', { class: 'mark', d: MARKS[is], transform: 'translate(10 10)' }),
      element('text', { class: 'graph-title', x: '34', y: '22' }, [cut(`#${number} ${title}`, TITLE_ROOM)]),
      element('text', { class: 'graph-facts', x: '34', y: '40' }, [cut(facts, FACTS_ROOM)]),
    ],
    id,
  );
}

/** “#4 Print: waits for #2, with Ben, due 2026-12-01, a part of #1”. Of a review it says how that stands. */
export function inWords({ number, title, is, assigneeName, due, waits_for, review, part_of }: DrawnTask): string {
  const stands = is === 'review' && review ? review : waits_for ? `waits for ${waits_for}` : WORDS[is];
  const facts = [
    stands,
    assigneeName ? `with ${assigneeName}` : 'with nobody yet',
    ...(due ? [`due ${due}`] : []),
    ...(part_of === undefined ? [] : [`a part of #${part_of}`]),
  ];
  return `#${number} ${title}: ${facts.join(', ')}`;
}

const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/u;

function cut(text: string, room: number): string {
  let used = 0;
  let shown = '';
  for (const letter of text) {
    used += WIDE.test(letter) ? 2 : 1;
    if (used > room) return `${shown.trimEnd()}…`;
    shown += letter;
  }
  return shown;
}

function element(
  tag: string,
  attrs: Record<string, string>,
  children: Element['children'] = [],
  key?: string,
): Element {
  return { tag, attrs, children, ...(key === undefined ? {} : { key }) };
}
