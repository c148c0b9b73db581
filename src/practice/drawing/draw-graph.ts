// Draws the graph of tasks as SVG: a box for each task, what comes first at the left, a frame around the parts of one. Returns plain objects as the page's
// views are made of, so that nothing is parsed as HTML, and what did not change stays as it is in the browser. Pure.

import { type Area, BOX, type Framed, framed } from './framed.ts';
import { chosen, type DrawnTask, shortTitle } from './graph.ts';

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
  parts: 'its parts go on',
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
  parts: 'M2 2h5v5H2zM9 2h5v5H9zM2 9h5v5H2zM9 9h5v5H9z',
  waits: 'M3.5 1.5h9M3.5 14.5h9M4.5 1.5c0 4 7 5 7 13M11.5 1.5c0 4-7 5-7 13',
  done: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM4.8 8.3l2.2 2.2L11.3 6',
  dropped: 'M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM5.5 5.5l5 5M10.5 5.5l-5 5',
};

/** Undefined if no task that is not done waits for another or is a part of one. */
export function drawGraph(all: readonly DrawnTask[]): Drawing | undefined {
  const what = chosen(all);
  const { tasks, alone } = what;
  if (!tasks.length) return undefined;
  return { svg: svgOf(framed(what)), drawn: tasks.length, alone };
}

function svgOf({ frames, boxes, ways, width, height }: Framed): Element {
  const attrs = {
    class: 'graph',
    viewBox: `0 0 ${width} ${height}`,
    width: String(width),
    height: String(height),
    role: 'group',
    'aria-label': 'The tasks as a drawing. The same stands below it as a list.',
  };
  return element('svg', attrs, [...frames.map(frameNode), ...ways.map(wayNode), ...boxes.map(boxNode)]);
}

/** A curve from the right side of a box to the left side of the other, straight where it passes a layer between them. */
function wayNode({ edge, from, passes, to }: Framed['ways'][number]): Element {
  let at = from;
  let path = `M${at.x} ${at.y}`;
  for (const [n, next] of [...passes, to].entries()) {
    const middle = (next.x + at.x) / 2;
    path += `C${middle} ${at.y} ${middle} ${next.y} ${next.x} ${next.y}`;
    if (n < passes.length) path += `H${next.x + BOX.width}`;
    at = { x: next.x + BOX.width, y: next.y };
  }
  const tip =
    edge.kind === 'part'
      ? element('circle', { cx: String(to.x - HEAD), cy: String(to.y), r: String(HEAD) })
      : element('path', { class: 'head', d: `M${to.x} ${to.y}l${-2 * HEAD} ${-HEAD}v${2 * HEAD}z` });
  return element(
    'g',
    { class: `edge ${edge.kind}` },
    [element('path', { class: 'way', d: path }), tip],
    `${edge.kind} ${edge.from} ${edge.to}`,
  );
}

/** The frame of a task around its parts: its title leads to it. */
function frameNode(area: Area): Element {
  const { task, width } = area;
  // A letter of either line has about eight pixels.
  const room = Math.floor((width - 44) / 8);
  return linkNode(area, 'graph-frame', [
    element('text', { class: 'graph-title', x: '34', y: '24' }, [cut(`#${task.number} ${task.title}`, room)]),
    element('text', { class: 'graph-facts', x: '34', y: '42' }, [cut(factsOf(task), room)]),
  ]);
}

function boxNode(area: Framed['boxes'][number]): Element {
  const { task, whole } = area;
  return linkNode(area, 'graph-task', [
    element('text', { class: 'graph-title', x: '34', y: '22' }, [
      cut(`#${task.number} ${shortTitle(task, whole)}`, TITLE_ROOM),
    ]),
    element('text', { class: 'graph-facts', x: '34', y: '40' }, [cut(factsOf(task), FACTS_ROOM)]),
  ]);
}

function linkNode({ task, x, y, width, height }: Area, name: string, texts: Element[]): Element {
  const { id, is } = task;
  const words = inWords(task);
  return element(
    'a',
    { class: `${name} ${is}`, 'data-task': id, transform: `translate(${x} ${y})`, 'data-words': words },
    [
      element('title', {}, [words]),
      element('rect', { width: String(width), height: String(height), rx: '9' }),
      element('path', { class: 'mark', d: MARKS[is], transform: 'translate(10 12)' }),
      ...texts,
    ],
    id,
  );
}

const factsOf = ({ is, parts, assigneeName }: DrawnTask) =>
  [is === 'parts' ? (parts ?? WORDS.parts) : WORDS[is], assigneeName ?? 'nobody yet'].join(' · ');

/** “#4 Print: waits for #2, with Ben, due 2026-12-01, a part of #1”. Of a review it says how that stands. */
export function inWords({
  number,
  title,
  is,
  assigneeName,
  due,
  waits_for,
  review,
  parts,
  part_of,
}: DrawnTask): string {
  const stands =
    is === 'parts' && parts
      ? parts
      : is === 'review' && review
        ? review
        : waits_for
          ? `waits for ${waits_for}`
          : WORDS[is];
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
