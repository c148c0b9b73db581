// A mail in quarantine. It has changed nothing in the pod; an owner accepts or rejects it.
import type { BodyRef } from '../../log/body.ts';
import { outside } from '../../log/labels/label.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface QuarantinedMailDoc extends ViewDoc {
  /** Sender, subject and beginning of the mail, as the mail states them: outside texts. Empty once settled. */
  fromRef: BodyRef | '';
  subjectRef: BodyRef | '';
  excerptRef: BodyRef | '';
  /** Why it is in quarantine, as a sentence of Skein. */
  reason: string;
  /** The hash of the raw mail or of its headers, stored as a blob of the pod. */
  raw: string;
  /** `head`: only the headers are stored, because too many mails wait. Absent on mails from before that limit. */
  kept?: 'whole' | 'head';
  /** The size of the raw mail in bytes, also if only its headers are stored. */
  bytes?: number;
  /** A hash that tells senders apart without naming them. Empty once settled. */
  sender?: string;
  /** The sender is authenticated and wrote all of it. Absent on mails from before this was stored: then it is unknown. */
  proved?: true;
  /** The agent's name in the address it was sent to. */
  handle?: string;
  state: 'held' | 'accepted' | 'rejected' | 'expired';
  at: number;
  settledBy?: ParticipantId;
  /** The owners have got a notice about it, or about how many wait with it. */
  told: boolean;
  /** When they got it, if that was later than the mail. */
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
