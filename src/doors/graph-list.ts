// Lists the tasks of a pod in the order in which they can be done, a page at a time, in the same words at every door.
import { quiet } from '../digest/quiet.ts';
import { NotFound } from '../errors.ts';
import type { Worded } from '../log/body.ts';
import type { Via } from '../log/commit.ts';
import { shownDay } from '../pods/local-time.ts';
import type { GraphState } from '../pods/tasks/graph/look/graph-state.ts';
import type { GraphResult, GraphTask } from '../pods/tasks/graph/look/read-graph.ts';
import type { Texts } from '../texts/texts.ts';
import { type EnterDeps, enter, type Known } from './enter.ts';

/** A page is as much as one looks through. */
const PAGE = 25;

const SHOWN = ['stuck', 'review', 'started', 'ready', 'parts', 'waits'] as const satisfies readonly GraphState[];

export interface GraphList {
  /** Markdown, as the lines are. */
  head: string;
  lines: string[];
  /** Where the other pages are. Absent if this is all. */
  foot?: string;
}

interface Asked {
  as: Known;
  pod: { id: string; name: string };
  via: Via;
  /** From 1. */
  page: number;
  /** Says what to write for a page. */
  more(page: number): string;
}

/** @throws NotFound for a page that there is not */
export async function graphList(deps: EnterDeps, fill: Texts['fill'], asked: Asked): Promise<GraphList> {
  const { as, pod, via, page } = asked;
  const name = quiet(pod.name, 60);
  let after: string | undefined;
  for (let n = 1; ; n++) {
    const input = { limit: PAGE, ...(after ? { after } : {}) };
    const { result } = await enter<Worded<GraphResult>>(deps, {
      as,
      pod: { id: pod.id },
      via,
      action: 'read_graph',
      input,
    });
    const { counts, tasks, next } = result;
    const total = SHOWN.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
    const pages = Math.max(1, Math.ceil(total / PAGE));
    if (!total) return { head: fill('graph', 'none', { pod: name }), lines: [] };
    if (n === page) {
      const head = fill('graph', 'head', { pod: name, counts: countsOf(fill, counts) });
      const foot = next
        ? fill('graph', 'page', { page, pages, more: asked.more(page + 1) })
        : fill('graph', 'last-page', { page, pages });
      return { head, lines: tasks.map((task) => lineOf(fill, task)), ...(pages > 1 ? { foot } : {}) };
    }
    if (!next) throw new NotFound(`There is no page ${page}: the tasks of ${pod.name} fill ${pages}.`);
    after = next;
  }
}

function countsOf(fill: Texts['fill'], counts: GraphResult['counts']): string {
  return SHOWN.flatMap((one) => (counts[one] ? [fill('graph', `count-${one}`, { count: counts[one] })] : [])).join(
    ', ',
  );
}

function lineOf(fill: Texts['fill'], task: Worded<GraphTask>): string {
  const { number, title, is, waits_for: waits, review, parts, assigneeName, due, part_of: whole } = task;
  const state = SHOWN.find((one) => one === is) ?? 'ready';
  const more = is === 'parts' ? parts : waits ? `${fill('graph', 'waits')} for ${waits}` : (review ?? parts);
  // The parts, the tasks that it waits for, and a review that goes on, say it all.
  const saysAll = is === 'parts' || is === 'waits' || is === 'review';
  const stands = more && saysAll ? more : `${fill('graph', state)}${more && is !== 'ready' ? ` (${more})` : ''}`;
  return fill('graph', 'line', {
    number,
    title: quiet(title, 120),
    stands: quiet(stands, 250),
    person: assigneeName ? quiet(assigneeName, 60) : fill('graph', 'nobody'),
    due: due ? fill('graph', 'due', { day: shownDay(due) }) : '',
    part: whole === undefined ? '' : fill('graph', 'part', { whole }),
  });
}
