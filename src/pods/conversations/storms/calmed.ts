// Builds the message that says that an account wakes no agents any more, and the fields of the change to the
// conversation. Pure.
import { type AgentId, handleOf } from '../../../log/participant.ts';
import type { Ctx } from '../../action.ts';
import type { DeliveryWish } from '../../deliveries.ts';
import type { Change } from '../../kinds.ts';
import type { Storm } from './calls.ts';
import { stormWords } from './storm.ts';

/** Returns the fields of the change. Only the first call that wakes no agents asks the owners. */
export function stormFields(storm: Storm | undefined): { storm?: Omit<Storm, 'begins'>; unwoken?: 'owners' } {
  if (!storm) return {};
  const { begins, ...rest } = storm;
  return { storm: rest, ...(begins ? { unwoken: 'owners' as const } : {}) };
}

export function calmed(
  ctx: Ctx,
  conversation: string,
  storm: Storm | undefined,
  { name = 'One', agents, n = 2 }: { name?: string | undefined; agents: readonly AgentId[]; n?: number },
): { changes: Change[]; deliveries: DeliveryWish[] } {
  const [agent] = agents;
  if (!storm?.begins || !agent) return { changes: [], deliveries: [] };
  const id = ctx.id('m', n);
  return {
    changes: [
      {
        ...{ v: 1, on: 'messages', id, type: 'message_posted', conversation, by: 'skein' },
        ...{ body: ctx.text(stormWords(name, handleOf(agent))), at: ctx.at, places: [] },
      },
    ],
    deliveries: [{ kind: 'post', conversation, message: id }],
  };
}
