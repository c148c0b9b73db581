// The turns of epochs that are over, without a word of their texts: which texts each took in or held. An erasure finds by them
// what was made from a text, also once the session has forgotten its transcript.
import type { Collection, CollectionSpec, Doc, Store } from '../../store/port.ts';
import type { TurnDoc } from './session.ts';

/** A turn without its texts. */
export interface PastTurn extends Pick<TurnDoc, 'n' | 'run' | 'position' | 'took' | 'held' | 'refs'> {
  /** The ids in its text that no earlier turn of the epoch names: search and other results show them. */
  named?: string[];
}

export interface PastEpoch {
  epoch: number;
  turns: PastTurn[];
}

interface PastEpochDoc extends Doc, PastEpoch {
  session: string;
}

export const PAST_EPOCH_SPEC: CollectionSpec = {
  name: 'pastEpochs',
  kind: 'journal',
  indexes: [{ fields: ['session'] }],
};

function pastEpochsIn(store: Store): Collection<PastEpochDoc> {
  return store.collection<PastEpochDoc>(PAST_EPOCH_SPEC.name);
}

/** Returns the epochs of the session before this one, also those whose turns are still stored. The oldest comes first. */
export async function pastEpochs(store: Store, session: string, before: number): Promise<PastEpoch[]> {
  const known = await pastEpochsIn(store).find({ where: { session } });
  const turns = await store.collection<TurnDoc>('turns').find({ where: { session, epoch: { lt: before } } });
  const stored = byEpoch(turns).filter(({ epoch }) => !known.some((one) => one.epoch === epoch));
  return [...known, ...stored].filter(({ epoch }) => epoch < before).sort((a, b) => a.epoch - b.epoch);
}

/** Stores them without their texts. Called before they are removed; after a crash between the two, the first call counts. */
export async function keepPast(store: Store, session: string, turns: readonly TurnDoc[]): Promise<void> {
  const epochs = byEpoch(turns);
  if (!epochs.length) return;
  await pastEpochsIn(store).insert(epochs.map((one) => ({ id: `${session}:${one.epoch}`, rev: 1, session, ...one })));
}

function byEpoch(turns: readonly TurnDoc[]): PastEpoch[] {
  return [...new Set(turns.map(({ epoch }) => epoch))].map((epoch) => ({
    epoch,
    turns: withoutTexts(turns.filter((turn) => turn.epoch === epoch)),
  }));
}

/** The ids of documents as results and messages show them. They are hashes or random, and tell no word. */
const ID = /\b[a-z]{1,12}_[0-9a-z]{16,25}\b/g;

/** Leaves out turns that tell nothing: they took nothing in, and their run and position are those of their neighbours. */
export function withoutTexts(turns: readonly TurnDoc[]): PastTurn[] {
  const seen = new Set<string>();
  const all = turns
    .toSorted((a, b) => a.n - b.n)
    .map(({ n, run, position, took, held, refs, role, content }): PastTurn => {
      const ids = role === 'user' ? [...new Set(content.match(ID) ?? [])].filter((id) => !seen.has(id)) : [];
      for (const id of ids) seen.add(id);
      return {
        ...{ n, run, position },
        ...(took?.length ? { took } : {}),
        ...(held?.length ? { held } : {}),
        ...(refs?.length ? { refs } : {}),
        ...(ids.length ? { named: ids } : {}),
      };
    });
  return all.filter((turn, at) => {
    const [before, after] = [all[at - 1], all[at + 1]];
    const first = before?.run !== turn.run || before.position !== turn.position;
    return first || after?.run !== turn.run || Boolean(turn.took ?? turn.held ?? turn.refs ?? turn.named);
  });
}
