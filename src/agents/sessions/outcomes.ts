// Stores the outcomes of calls of tools of servers: after a crash no call is made twice, and no answer is lost.
import type { CollectionSpec, Doc, Store } from '../../store/port.ts';
import { unknown } from '../../tools/mcp/call-once.ts';
import type { Outcomes, TextResult } from '../../tools/tool.ts';
import { sessionId } from './session.ts';

export interface OutcomeDoc extends Doc {
  session: string;
  at: number;
  /** The name of the tool, as the model writes it. */
  tool?: string;
  /** JSON text of a TextResult. Absent if the outcome of the call is unknown. */
  outcome?: string;
}

export const OUTCOME_SPEC: CollectionSpec = {
  name: 'outcomes',
  kind: 'journal',
  indexes: [{ fields: ['session'] }, { fields: ['at'] }],
};

export function outcomesOf(store: Store) {
  return store.collection<OutcomeDoc>('outcomes');
}

export function storedOutcomes(store: Store, clock: () => number): Outcomes {
  return {
    async get(key) {
      const doc = await outcomesOf(store).get(key);
      if (!doc) return undefined;
      return doc.outcome ? (JSON.parse(doc.outcome) as TextResult) : unknown(doc.tool ?? 'the tool');
    },
    async keep(key, { agent, conversation }, result) {
      const { server, tool } = result;
      const session = sessionId(agent, conversation);
      await outcomesOf(store).insert([
        { id: key, rev: 1, session, at: clock(), tool: `mcp:${server}/${tool}`, outcome: JSON.stringify(result) },
      ]);
    },
  };
}
