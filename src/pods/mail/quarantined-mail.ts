// A mail in quarantine. It has changed nothing in the pod yet; an owner accepts or rejects it.
import type { BodyRef } from '../../log/body.ts';
import { outside } from '../../log/labels/label.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface QuarantinedMailDoc extends ViewDoc {
  /**
   * Sender, subject and beginning of the mail, as the mail states them: text from outside. Empty once the mail is
   * settled.
   */
  fromRef: BodyRef | '';
  subjectRef: BodyRef | '';
  excerptRef: BodyRef | '';
  /** A sentence that says why the mail is in quarantine. */
  reason: string;
  /** The hash of the raw mail or of its headers, stored as a blob of the pod. */
  raw: string;
  /** `head`: only the headers are stored, because too many mails wait. Absent on mails from before that limit. */
  kept?: 'whole' | 'head';
  /** The size of the raw mail in bytes, even if only its headers are stored. */
  bytes?: number;
  /** A hash that identifies a sender without naming them. Empty once the mail is settled. */
  sender?: string;
  /** Set if the sender is authenticated and wrote the whole mail. Absent, too, on mails from before this was stored. */
  proved?: true;
  /** The name of the agent in the address to which the mail was sent. */
  handle?: string;
  state: 'held' | 'accepted' | 'rejected' | 'expired';
  at: number;
  settledBy?: ParticipantId;
  /** True once the owners have got a notice about this mail, or about the number of waiting mails. */
  told: boolean;
  /** When the owners got the notice, if that was later than the mail. */
  toldAt?: number;
}

/** The label of all texts of the mail. */
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
