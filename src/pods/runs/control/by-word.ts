// A message in the thread that pauses the agents at work there, or the like: “@scribe pause”. A refusal is said in the thread. Pure.
import { UserFacingError } from '../../../errors.ts';
import type { Ctx } from '../../action.ts';
import type { Meant } from '../../conversations/addressing.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import { controlled } from './control.ts';
import type { ControlFacts } from './facts.ts';
import { lineOf } from './line.ts';

export function controlledByWord(
  ctx: Ctx,
  facts: ControlFacts | undefined,
  { control }: Pick<Meant, 'control'>,
): { changes: Change[]; deliveries: DeliveryWish[] } {
  if (!facts || !control) return { changes: [], deliveries: [] };
  try {
    const { changes, deliveries } = controlled(ctx, facts, control);
    return { changes, deliveries };
  } catch (error) {
    if (!(error instanceof UserFacingError)) throw error;
    const { changes, deliveries } = lineOf(ctx, facts, { text: error.message, agents: [] });
    return { changes, deliveries };
  }
}
