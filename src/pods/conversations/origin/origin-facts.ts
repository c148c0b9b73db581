// Facts of a new message that its origin knows, a mail or a message in Slack: its files, what it brought, its mentions and place. Pure.
import type { BodyRef, Text } from '../../../log/body.ts';
import { outside } from '../../../log/labels/label.ts';
import { isPerson } from '../../../log/participant.ts';
import { type Mentioned, mailKey, placeKey } from '../../../log/place.ts';
import type { Ctx } from '../../action.ts';
import { isNote } from '../addressing.ts';

/**
 * Returns the bodies of file names. A Slack message without files gets an empty list, because a missing field means
 * Skein 0.1.0. `existing`: returns the body of a name that is stored already.
 */
export function filesIn(
  { origin, text }: Pick<Ctx, 'origin' | 'text'>,
  existing: (name: string) => BodyRef | undefined = () => undefined,
): { files?: BodyRef[] } {
  if (origin?.kind !== 'slack' || !origin.ts) return {};
  return { files: (origin.files ?? []).map((name) => existing(name) ?? text(name)) };
}

/** Returns the attached content that the author did not write. */
export function broughtIn({ origin, actor }: Ctx): Text | undefined {
  if (origin?.kind !== 'email' && origin?.kind !== 'slack') return undefined;
  const kind = origin.kind === 'email' ? 'mail' : 'slack';
  return origin.outside ? { text: origin.outside, label: outside({ kind, by: actor }) } : undefined;
}

/** The refused commands of the mail, one on each line. They stand above the text, and no agent acts on them. */
export function refusedIn({ origin }: Pick<Ctx, 'origin'>): string[] {
  return (origin?.kind === 'email' && origin.refused) || [];
}

/** True for a person's message on which no agent acts: a note, or a mail with nothing but commands that were refused. */
export function isForPeople(ctx: Pick<Ctx, 'origin' | 'actor'>, text: string): boolean {
  const { origin, actor } = ctx;
  if (!isPerson(actor)) return false;
  if (isNote(text)) return true;
  if (text || origin?.kind !== 'email' || !refusedIn(ctx).length) return false;
  return !origin.outside && !origin.files?.length && !origin.notes?.length;
}

/** The mentions that Slack marked in a message; empty for other messages. */
export function mentionedIn({ origin }: Pick<Ctx, 'origin'>): readonly Mentioned[] {
  return (origin?.kind === 'slack' && origin.mentioned) || [];
}

/** True if the door does to a task what the message says. */
export function isCommand({ origin }: Pick<Ctx, 'origin'>): boolean {
  return origin?.kind === 'slack' && origin.command === true;
}

/** `isMail`: the message is the mail of its origin itself. */
export function standsAt({ origin, actor }: Ctx, isMail = false): string[] {
  // A message by Skein about a mail has no place, because the mail itself is another message.
  if (origin?.kind === 'email') return actor === 'skein' && !isMail ? [] : [mailKey(origin.messageId)];
  return origin?.kind === 'slack' && origin.ts ? [placeKey({ ...origin, thread: origin.ts })] : [];
}
