// A mail in quarantine: nothing in the pod has moved because of it, and an owner says what becomes of it.
import type { BodyRef } from '../../log/body.ts';
import { outside } from '../../log/labels/label.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface QuarantinedMailDoc extends ViewDoc {
  /** What the mail says of its sender and subject, and how it begins: somebody else's words. Empty once settled. */
  fromRef: BodyRef | '';
  subjectRef: BodyRef | '';
  excerptRef: BodyRef | '';
  /** Why it waits, in a sentence of ours. */
  reason: string;
  /** The mail as it came, or its head: a blob of the pod. */
  raw: string;
  /** `head`: too many waited already, so no more of it is kept. Absent on mails from before there was a limit. */
  kept?: 'whole' | 'head';
  /** Of the mail as it came. */
  bytes?: number;
  /** Tells one sender's mails from another's, and not who that is. Empty once settled. */
  sender?: string;
  /** Its sender is genuine, and wrote all of it. Absent on mails from before this was kept: of those nobody knows. */
  proved?: true;
  /** The name of the agent's address it was sent to. */
  handle?: string;
  state: 'held' | 'accepted' | 'rejected' | 'expired';
  at: number;
  settledBy?: ParticipantId;
  /** Its owners were told of it, or of how many wait with it. */
  told: boolean;
  /** When, where that was not at once. */
  toldAt?: number;
}

/** Of all its words. */
export const STRANGERS = outside({ kind: 'mail', by: 'skein' });

export const QUARANTINED_MAILS = ref<QuarantinedMailDoc>('heldMails');

export type QuarantinedMailChange = { v: 1; on: 'heldMails'; id: string } & (
  | {
      type: 'mail_held';
      fromRef: BodyRef;
      subjectRef: BodyRef;
      excerptRef: BodyRef;
      reason: string;
      raw: string;
      kept?: 'whole' | 'head';
      bytes?: number;
      sender?: string;
      proved?: true;
      handle?: string;
      told: boolean;
    }
  | { type: 'mail_told' }
  | { type: 'mail_accepted' }
  | { type: 'mail_rejected' }
  | { type: 'mail_expired' }
);

const WORDLESS = { fromRef: '', subjectRef: '', excerptRef: '', sender: '' } as const;

export function evolveQuarantinedMail(
  doc: QuarantinedMailDoc | undefined,
  change: QuarantinedMailChange,
  meta: Meta,
): Own<QuarantinedMailDoc> | undefined {
  if (change.type === 'mail_held') {
    const { v: _v, on: _on, id: _id, type: _type, ...held } = change;
    return { ...held, state: 'held', at: meta.at };
  }
  if (doc?.state !== 'held') return doc;
  switch (change.type) {
    case 'mail_told':
      return { ...doc, told: true, toldAt: meta.at };
    case 'mail_accepted':
      return { ...doc, state: 'accepted', settledBy: meta.actor, ...WORDLESS };
    case 'mail_rejected':
      return { ...doc, state: 'rejected', settledBy: meta.actor, ...WORDLESS, raw: '' };
    case 'mail_expired':
      return { ...doc, state: 'expired', settledBy: meta.actor, ...WORDLESS, raw: '' };
    default:
      change satisfies never;
      return doc;
  }
}
