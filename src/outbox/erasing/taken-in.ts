// Decides which runs of a session took an erased text in, and whether a call was made by one of them. Pure.
import { keyOf } from '../../agents/news/held.ts';
import type { PastTurn } from '../../agents/sessions/past-epochs.ts';
import type { SessionDoc } from '../../agents/sessions/session.ts';
import type { DeliveryOf } from '../../pods/deliveries.ts';
import type { ErasedFrom } from '../../pods/erasing/wishes.ts';

/** The runs of one epoch that took a text in. */
export interface TookIn {
  epoch: number;
  /**
   * `from`: the turn that took the text in; absent if the run is of an earlier epoch. `to`: the last turn of the run;
   * absent if the run may go on.
   */
  runs: { run: string; from?: number; to?: number }[];
}

interface Text {
  delivery: Pick<DeliveryOf<'erase'>, 'pod' | 'posted'>;
  from: Pick<ErasedFrom, 'on' | 'id' | 'conversation' | 'until'>;
  /** The runs that the text woke. */
  woken: readonly string[];
  /** The first turn that repeats its words. */
  repeats: readonly PastTurn[];
}

/**
 * A run took the text in if the text woke it, or if one of its turns was the first to contain it: the turn lists it among
 * what it takes in or holds, repeats its words, or is the first one after it in its conversation. Where a later epoch
 * reads the whole conversation anew, only what the turn lists counts: all else was answered before.
 */
export function takenIn(
  session: Pick<SessionDoc, 'pod' | 'conversation' | 'epoch'>,
  turns: readonly PastTurn[],
  text: Text,
): TookIn {
  const { delivery, from, woken, repeats } = text;
  const here = session.pod === delivery.pod && session.conversation === from.conversation;
  const key = keyOf({ kind: from.on, id: from.id });
  // A turn after an edit took in what the message says since.
  const before = (turn: PastTurn) => turn.position < (from.until ?? Number.POSITIVE_INFINITY);
  const lists = (turn: PastTurn) =>
    turn.took?.includes(from.id) || turn.held?.some((one) => keyOf(one) === key) || woken.includes(turn.run);
  const after = (turn: PastTurn) => turn.position >= (delivery.posted ?? Number.POSITIVE_INFINITY);
  const next = here ? turns.find(after) : undefined;
  const read = next && before(next) && (next.n > 1 || session.epoch === 1) ? [next] : [];
  const rereads = session.epoch > 1 ? repeats.filter(({ n }) => n > 1) : repeats;
  const runs = new Map<string, TookIn['runs'][number]>();
  const last = turns.at(-1)?.run;
  for (const { run, n } of [...turns.filter((turn) => before(turn) && lists(turn)), ...read, ...rereads]) {
    const first = Math.min(n, runs.get(run)?.from ?? n);
    const to = turns.findLast((turn) => turn.run === run)?.n;
    runs.set(run, { run, from: first, ...(run === last || to === undefined ? {} : { to }) });
  }
  // The turns of a run in an earlier epoch are gone: its answers are known by its id.
  for (const run of woken)
    if (here && !runs.has(run) && !turns.some((turn) => turn.run === run)) runs.set(run, { run });
  return { epoch: session.epoch, runs: [...runs.values()] };
}

/** Returns the turn that is the first to name the document, in an epoch whose texts are gone. */
export function naming(turns: readonly PastTurn[], id: string): PastTurn[] {
  const first = turns.find(({ named }) => named?.includes(id));
  return first ? [first] : [];
}

/** True for the key of a call that such a run made once it had the text. */
export function isOf(took: TookIn | undefined, session: string, key: string | undefined): boolean {
  const [epoch = 0, turn = 0] = (key?.startsWith(`${session}:`) ? key.slice(session.length + 1) : '')
    .split(':')
    .map(Number);
  if (!took || epoch !== took.epoch) return false;
  return took.runs.some(({ from, to = turn }) => from !== undefined && turn >= from && turn <= to);
}

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The fewest letters of a word that says what a text is about. */
const LETTERS = 6;

/** Two texts share so many long words by more than chance. */
const SHARED = 2;

/** True if both texts have two of the same long words or numbers. `stays`: words that are not erased do not count. */
export function sharesWords(erased: readonly string[], text: string, stays: readonly string[] = []): boolean {
  const staying = new Set(stays.flatMap(longWordsIn));
  const longWords = new Set(erased.flatMap(longWordsIn).filter((word) => !staying.has(word)));
  return new Set(longWordsIn(text).filter((word) => longWords.has(word))).size >= SHARED;
}

function longWordsIn(text: string): string[] {
  return (text.toLowerCase().match(WORD) ?? []).filter(
    (word) => word.length >= LETTERS || (word.length > 2 && /\p{N}/u.test(word)),
  );
}
