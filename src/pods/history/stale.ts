// Refuses a write of a session that does not know the newest text of the document. The refusal shows what differs.
import { Conflict } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { CallFacts } from '../../log/call-facts.ts';
import type { AnyKind } from '../../log/kind.ts';
import type { Shown, ViewDoc } from '../../log/view.ts';
import { type Changed, changesOfHeld, differenceOf, textWrittenBy } from './changed.ts';

/** The session holds the newest text once it has read this refusal. */
export class Stale extends Conflict {
  readonly changed: Changed;
  readonly shows: Shown;
  constructor(message: string, changed: Changed, shows: Shown) {
    super(message);
    this.changed = changed;
    this.shows = shows;
  }
}

/** The length in characters up to which a text is shown that the session has never read. */
const LONGEST_TEXT = 6_000;
/** The longest text of a task. No other call shows it. */
const LONGEST_BODY = 50_000;

/** @throws Stale, or Conflict if the text is too long to be shown */
export async function refuseStale(
  read: Reader,
  { kind, doc }: { kind: AnyKind; doc: ViewDoc },
  held: NonNullable<CallFacts['held']>,
): Promise<void> {
  const seq = held.seqOf(kind.ref.name, doc.id);
  const noun = kind.held?.noun(doc) ?? 'document';
  const shows = { whole: [{ kind: kind.ref.name, id: doc.id, seq: doc.seq }] };
  if (seq === undefined) {
    const by = await textWrittenBy(read, { kind, doc });
    return by && held.isOwn(by) ? undefined : refuseUnread(read, { kind, doc, noun, shows });
  }
  if (seq >= doc.seq) return;
  const [changed] = await changesOfHeld(read, [{ kind, doc, seq }], held.isOwn);
  if (!changed?.difference || changed.difference.kind === 'same') return;
  throw new Stale(
    `Nothing was written: the ${noun} has changed since you read it, as shown here. Write again, with what others have changed kept or taken back on purpose.`,
    changed,
    shows,
  );
}

async function refuseUnread(
  read: Reader,
  { kind, doc, noun, shows }: { kind: AnyKind; doc: ViewDoc; noun: string; shows: Shown },
): Promise<void> {
  const text = kind.held?.text?.(doc);
  // Without a text there is nothing that a write could lose unseen.
  if (!text) return;
  const longest = 'body' in text ? LONGEST_BODY : LONGEST_TEXT;
  const difference = await differenceOf(read, { kind, before: undefined, doc }, longest + 1);
  const why = `Nothing was written: you have not read the ${noun} here, and would replace what stands there.`;
  if (!difference || difference.text.length > longest) throw new Conflict(`${why} Read it first.`);
  const changed = { noun, lines: [], earlier: 0, times: 0, atLeast: false, difference };
  throw new Stale(`${why} This is its text. Write again if it is still right.`, changed, shows);
}
