// Migrates data of Skein 0.1.0: `intents`, the records of calls of tools of servers, become outcomes.
import type { Logger } from '../../logger.ts';
import type { CollectionSpec, Store } from '../../store/port.ts';
import { type OutcomeDoc, outcomesOf } from './outcomes.ts';

export const INTENT_SPEC: CollectionSpec = { name: 'intents', kind: 'journal', indexes: [{ fields: ['at'] }] };

const PAGE = 200;

/** Can be repeated, and two processes can run it at once: a record is removed only after its outcome is inserted. */
export async function moveIntents(store: Store, logger: Logger): Promise<void> {
  const intents = store.collection<OutcomeDoc>('intents');
  let moved = 0;
  for (;;) {
    const page = await intents.find({ where: {}, sort: [['at', 'asc']], limit: PAGE });
    if (page.length) await outcomesOf(store).insert(page.map((intent) => ({ ...intent, rev: 1 })));
    for (const { id } of page) await intents.delete(id);
    moved += page.length;
    if (page.length < PAGE) break;
  }
  if (moved) logger.info('calls of outside tools moved from intents to outcomes', { calls: moved });
}
