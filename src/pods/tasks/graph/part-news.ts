// Tells whoever has the whole what became of a part of it.
import type { Reader } from '../../../log/action.ts';
import { ERASED } from '../../../log/body.ts';
import { isAgent } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { type Calling, callingOf, setToWork } from '../set-to-work.ts';
import { TASKS, type TaskDoc } from '../task.ts';
import type { TaskChange } from '../task-change.ts';
import type { PartTurn } from './edge.ts';
import { isActive } from './ready.ts';

/** The messages of one act have numbers; these leave room for those that the act itself posts. */
const FIRST_PART = 2000;
const APART = 10;

export interface PartNews {
  whole: TaskDoc;
  part: TaskDoc;
  became: PartTurn;
  calling?: Calling | undefined;
  title: string;
}

/**
 * `n`: tells apart the parts of one act. Undefined if nobody has the whole, or whoever has it did this; a person who opens a part
 * again need not hear any more that it ended.
 */
export async function partNews(
  read: Reader,
  ctx: Ctx,
  { part, became }: Pick<PartNews, 'part' | 'became'>,
  n = 0,
): Promise<PartNews | undefined> {
  const whole = part.parent ? await read.get(TASKS, part.parent) : undefined;
  if (!whole?.assignee || !isActive(whole)) return undefined;
  if (whole.assignee === ctx.actor && (became !== 'reopened' || isAgent(ctx.actor))) return undefined;
  const { assignee, conversation } = whole;
  const facts = { assignee, conversation, n: FIRST_PART + APART * n };
  const [calling, titles] = await Promise.all([callingOf(read, ctx, facts), read.texts([part.titleRef])]);
  return { whole, part, became, calling, title: titles.get(part.titleRef) ?? ERASED };
}

/** Pure. */
export function partTold(
  ctx: Ctx,
  { whole, part, became, calling, title }: PartNews,
  n = 0,
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const { assignee } = whole;
  const task = { ...part, title, label: part.labels?.titleRef };
  const about = { why: 'part' as const, task, part: { of: whole.number, became } };
  const at = FIRST_PART + APART * n;
  const set = isAgent(assignee) ? setToWork(ctx, calling, { ...about, to: assignee }, at) : undefined;
  const reports = set?.told.line ? { reports: [set.told.line] } : {};
  const change: TaskChange = {
    ...{ v: 1, on: 'tasks', id: whole.id, type: 'part_changed', part: part.id, number: part.number, became },
    ...reports,
  };
  return { changes: [change, ...(set?.changes ?? [])], deliveries: set?.deliveries ?? [] };
}
