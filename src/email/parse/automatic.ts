// Distinguishes a person's mail from an automatic mail, which must not be answered. Decides by the headers and the
// return path (RFC 3834). The subject is only a hint. Pure.

import type { Envelope, Mail } from '../mail.ts';
import { type Bounced, bouncedOf } from './bounce.ts';

export type Automatic =
  /**
   * `answer`: false if the mail asks for no automatic answers. `doubt`: why the mail may be automatic although no
   * header says so.
   */
  | { kind: 'person'; answer: boolean; doubt?: string }
  | {
      kind: 'bounce' | 'auto_reply' | 'list' | 'own' | 'loop' | 'report';
      reason: string;
      /** True if the mail's headers say that it is automatic. False if a person's mail can look the same. */
      sure: boolean;
      bounced?: Bounced;
    };

export interface Ours {
  /** True for an address from which our agents send mail. */
  isOurs(address: string): boolean;
  /** True if the From address belongs to a person of the organisation, and not to a robot or to Skein. */
  isPerson?: boolean;
  /** True if Skein sent a mail with this Message-ID. */
  wasSent?: boolean;
  /** The value of our own X-Loop header. */
  loop: string;
}

type Judged = Pick<
  Mail,
  'marks' | 'from' | 'subject' | 'attachments' | 'forwarded' | 'text' | 'html' | 'inReplyTo' | 'references'
>;

/**
 * Decides whether the mail is automatic. `envelope`: from SMTP, where an empty MAIL FROM means the same as a
 * Return-Path of `<>`.
 */
export function judgeAutomatic(ours: Ours, given: Judged, envelope: Pick<Envelope, 'mailFrom'> = {}): Automatic {
  const returnPath = given.marks.returnPath ?? envelope.mailFrom;
  const mail = { ...given, marks: { ...given.marks, ...(returnPath === undefined ? {} : { returnPath }) } };
  const { marks, from } = mail;
  const address = from.kind === 'mailbox' && !ours.isPerson ? from.address : '';
  const sure = true;
  if (ours.wasSent && !ours.isPerson) return { kind: 'own', sure, reason: 'It is a mail of ours that came back.' };
  if (marks.loop?.trim() === ours.loop)
    return { kind: 'loop', sure, reason: 'It carries the loop mark of our own mails.' };
  if (address !== '' && ours.isOurs(address)) return { kind: 'own', sure, reason: 'It comes from an address of ours.' };
  const report = reportReason(mail, address);
  if (report)
    return { kind: 'bounce', ...report, bounced: bouncedOf(mail, report.sure || undelivered.test(mail.subject)) };
  if (marks.reportType !== undefined)
    return { kind: 'report', sure, reason: `It is a report (${marks.reportType || 'of no named kind'}).` };
  const reply = replyReason(mail, address);
  if (reply)
    return { kind: 'auto_reply', ...reply, ...(saysUndelivered(mail) ? { bounced: bouncedOf(mail, true) } : {}) };
  const list = listReason(mail);
  if (list) return { kind: 'list', ...list };
  const doubt = doubtOfSubject(mail);
  const answer = !doubt && !/\b(?:all|autoreply|oof)\b/i.test(marks.autoResponseSuppress ?? '');
  return { kind: 'person', answer, ...(doubt ? { doubt } : {}) };
}

/**
 * Parses a bounce that has no bounce headers and is recognised by its subject. Its text may contain the id of a mail of
 * ours. Undefined for other mails.
 */
export function reportInWords(mail: Judged): Bounced | undefined {
  return undelivered.test(mail.subject) ? bouncedOf(mail, true) : undefined;
}

interface Reason {
  reason: string;
  sure: boolean;
}

const certain = (reason: string): Reason => ({ reason, sure: true });
const likely = (reason: string): Reason => ({ reason, sure: false });

const daemons =
  /^(?:mailer-daemon|mailerdaemon|mail\.?daemon|post-?_?master|mail-daemon|mail-delivery|maildelivery|bounces?|mdaemon)(?:[+=-][^@]*)?@/;
const machines =
  /^(?:no-?reply|do-?not-?reply|donotreply|auto-?(?:reply|responder|confirm)|notifications?|automailer|nobody)(?:[+=-][^@]*)?@/;
const undelivered =
  /undeliver|not delivered|delivery.{0,20}(?:fail|status|problem|error|notification)|fail.{0,20}deliver|returned mail|failure notice|mail system error|message you sent|mail error|non[- ]?delivery|unzustellbar|nicht zugestellt|non remis|no se ha podido entregar|non recapitabile|niet te bezorgen|недоставленное|配信|送信できません/i;

/** Matches the text of Amazon's notifications. These have ordinary subjects and describe the bounce in JSON. */
const undeliveredText =
  /(?:notification|event)Type\\?"\s{0,3}:\s{0,3}\\?"Bounce|could ?n[o']t be delivered|was not delivered|undeliverable|trouble delivering|permanent (?:fatal )?errors?/i;

function saysUndelivered({ subject, text }: Judged): boolean {
  return undelivered.test(subject) || undeliveredText.test(text.slice(0, 5_000));
}

function reportReason(mail: Judged, address: string): Reason | undefined {
  const { marks, subject, attachments } = mail;
  const status = attachments.some(({ mime }) => mime === 'message/delivery-status');
  if (marks.reportType === 'delivery-status' || (marks.reportType === '' && (status || undelivered.test(subject))))
    return certain('It reports that a mail was not delivered.');
  if (daemons.test(address)) return certain('A mail server wrote it.');
  if (marks.failedRecipients !== undefined) return certain('It names whom a mail did not reach (X-Failed-Recipients).');
  if (machines.test(address) && saysUndelivered(mail)) return certain('A machine says that a mail was not delivered.');
  const replies = /auto-(?:replied|generated)/.test(marks.autoSubmitted ?? '') || awaySubject.test(subject);
  if (marks.returnPath === '' && !replies)
    return likely('It has no return address, as reports of mail servers have none.');
  return undefined;
}

const away = [
  'auto(?:matic|mated)?[ -]?(?:reply|response|antwort)',
  'auto',
  'out of (?:the )?office',
  'away from (?:the|my) office',
  'abwesenheits(?:notiz|assistent|nachricht|meldung)',
  'automatische (?:antwort|reactie)',
  'abwesend',
  'réponse automatique',
  "absen(?:ce|t) d[ue']",
  'respuesta automática',
  'fuera de (?:la )?oficina',
  'resposta automática',
  'risposta automatica',
  'fuori (?:ufficio|sede)',
  'afwezig',
  'autosvar',
  'automatisk (?:svar|s\\u00e5)',
  'frånvaro',
  'automaattinen vastaus',
  'poissa',
  'automatyczna odpowiedź',
  'automatická odpověď',
  'automatikus válasz',
  'otomatik yanıt',
  'автоматический ответ',
  'автоответ',
  '自動返信',
  '自动回复',
  '自動回覆',
  '자동 ?응답',
  '부재',
].join('|');
/** Matches out-of-office subjects as programs write them: the phrase, a colon, and the subject that is answered. */
const awaySubject = new RegExp(`^\\s*(?:${away})[^:：]{0,40}[:：]`, 'iu');

function answersMail({ inReplyTo, references }: Judged): boolean {
  return inReplyTo.length + references.length > 0;
}

function replyReason(mail: Judged, address: string): Reason | undefined {
  const { marks, subject } = mail;
  const submitted = (marks.autoSubmitted ?? 'no').split(';')[0]?.split('(')[0]?.trim() ?? '';
  if (submitted !== 'no' && submitted !== '') {
    const reason = `It says that a machine sent it (Auto-Submitted: ${submitted.slice(0, 40)}).`;
    // Exchange writes “auto-generated” into replies too.
    const replies = submitted.startsWith('auto-replied') || answersMail(mail) || awaySubject.test(subject);
    return replies ? certain(reason) : likely(reason);
  }
  if (marks.autoReply !== undefined) return certain('It says that it is an automatic reply (X-Autoreply).');
  if (/^auto[_-]?reply$/.test(marks.precedence ?? ''))
    return certain('It says that it is an automatic reply (Precedence).');
  const marked = marks.loop !== undefined || isBulk(mail) || marks.autoResponseSuppress !== undefined;
  if (awaySubject.test(subject) && (marks.returnPath === '' || (marked && answersMail(mail))))
    return certain('Its headers and its subject are those of an automatic reply.');
  if (marks.loop !== undefined) return likely('It carries the loop mark of a machine (X-Loop).');
  if (machines.test(address)) return likely('Its sender reads no answers.');
  return undefined;
}

function isBulk({ marks }: Judged): boolean {
  return /^(?:bulk|list|junk)$/.test(marks.precedence ?? '');
}

function listReason(mail: Judged): Reason | undefined {
  const { marks } = mail;
  if (marks.listId !== undefined || marks.listPost !== undefined) return likely('It came through a mailing list.');
  if (marks.listUnsubscribe !== undefined) return likely('It is a newsletter: one can unsubscribe from it.');
  if (isBulk(mail)) return likely(`It was sent to many (Precedence: ${marks.precedence}).`);
  return undefined;
}

/**
 * Returns why the subject suggests an automatic reply. Some programs mark such a reply only in the subject. A person's
 * new mail may begin in the same way, but an answer rarely does.
 */
function doubtOfSubject(mail: Judged): string | undefined {
  if (!awaySubject.test(mail.subject) || !answersMail(mail)) return undefined;
  return 'It answers a mail, and its subject is that of an automatic reply: a machine may have written it.';
}
