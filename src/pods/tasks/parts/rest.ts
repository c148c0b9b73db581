// The changes and deliveries that follow for the parts of a task, and the delivery for those that one commit has no room for. Pure.
import type { BodyRef } from '../../../log/body.ts';
import type { Named, ParticipantId } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { called } from '../../people/directory.ts';
import type { TaskDoc } from '../task.ts';

export interface Following {
  changes: Change[];
  deliveries: DeliveryWish[];
}

export function restOf(
  ctx: Ctx,
  { id: task }: Pick<TaskDoc, 'id'>,
  { parts, rest, noteRef }: { parts: readonly TaskDoc[]; rest: readonly TaskDoc[]; noteRef?: BodyRef | undefined },
): DeliveryWish[] {
  if (!rest.length) return [];
  const input = { task, after: parts.at(-1)?.number ?? 0, ...(noteRef ? { noteRef } : {}) };
  return [
    {
      ...{ kind: 'act', in: ctx.pod, action: 'follow_parts', input, actor: ctx.actor },
      key: ctx.id('parts', 0),
    },
  ];
}

/** Returns “#2, with Scribe” for each, as results name them. */
export function partsSaid(
  all: readonly Pick<TaskDoc, 'number' | 'assignee'>[],
  names: ReadonlyMap<ParticipantId, Named>,
): string[] {
  return all.map(({ number, assignee }) => `#${number}, with ${assignee ? called(names, assignee).name : 'nobody'}`);
}
