// Is this mail from a person, or from a machine that must not be answered? RFC 3834, and what real autoresponders and bounces look like. Pure.
import type { Envelope, Mail } from './mail.ts';
import { parseId } from './thread.ts';

export type Automatic =
  /** `answer: false`: a person wrote it, but the mail asks that nothing automatic comes back. */
  | { kind: 'person'; answer: boolean }
  | { kind: 'bounce' | 'auto_reply' | 'list' | 'own' | 'loop' | 'report'; reason: string; bounced?: Bounced };

export interface Bounced {
  /** The Message-ID of the mail that did not arrive, where the bounce tells it. */
  messageId?: string;
  /** 5.x.x: never again to this address. 4.x.x: later perhaps. */
  status?: string;
  recipient?: string;
}

export interface Ours {
  /** The domain of our Message-IDs. */
  domain: string;
  /** Is this address one of ours, from which agents write? */
  isOurs(address: string): boolean;
  /** The value of our own X-Loop header. */
  loop: string;
}

type Judged = Pick<Mail, 'marks' | 'from' | 'subject' | 'messageId' | 'attachments' | 'forwarded' | 'text'>;

/** `envelope` where SMTP gave one: its empty MAIL FROM is what a Return-Path of `<>` says later. */
export function judgeAutomatic(ours: Ours, given: Judged, envelope: Pick<Envelope, 'mailFrom'> = {}): Automatic {
  const returnPath = given.marks.returnPath ?? envelope.mailFrom;
  const mail = { ...given, marks: { ...given.marks, ...(returnPath === undefined ? {} : { returnPath }) } };
  const { marks, from, messageId } = mail;
  const address = from.kind === 'mailbox' ? from.address : '';
  if (messageId && parseId(messageId, ours.domain))
    return { kind: 'own', reason: 'It is a mail of ours that came back.' };
  if (marks.loop?.trim() === ours.loop) return { kind: 'loop', reason: 'It carries the loop mark of our own mails.' };
  if (address !== '' && ours.isOurs(address)) return { kind: 'own', reason: 'It comes from an address of ours.' };
  const report = reportReason(mail, address);
  if (report !== undefined) return { kind: 'bounce', reason: report, bounced: bouncedOf(mail) };
  if (marks.reportType !== undefined)
    return { kind: 'report', reason: `It is a report (${marks.reportType || 'of no named kind'}).` };
  const reply = replyReason(mail, address);
  if (reply !== undefined) return { kind: 'auto_reply', reason: reply };
  const list = listReason(mail);
  if (list !== undefined) return { kind: 'list', reason: list };
  return { kind: 'person', answer: !/\b(?:all|autoreply|oof)\b/i.test(marks.autoResponseSuppress ?? '') };
}

const daemons = /^(?:mailer-daemon|mailerdaemon|postmaster|mail-daemon|bounces?|mdaemon)(?:[+=-][^@]*)?@/;
const machines =
  /^(?:no-?reply|do-?not-?reply|donotreply|auto-?(?:reply|responder|confirm)|notifications?|automailer|nobody)(?:[+=-][^@]*)?@/;
const undelivered =
  /^(?:undeliver(?:ed|able)|mail delivery (?:failed|failure|system)|delivery (?:status notification|failure|has failed)|returned mail|failure notice|mail system error|message you sent (?:blocked|was not)|unzustellbar|nicht zugestellt|non remis|no se ha podido entregar|non recapitabile|niet te bezorgen|недоставленное)/i;

function reportReason({ marks, subject }: Judged, address: string): string | undefined {
  if (marks.reportType === 'delivery-status') return 'It reports that a mail was not delivered.';
  if (daemons.test(address)) return 'A mail server wrote it.';
  if (undelivered.test(subject)) return 'Its subject says that a mail was not delivered.';
  if (marks.returnPath === '' && !/auto-(?:replied|generated)/.test(marks.autoSubmitted ?? ''))
    return 'It has no return address, as reports of mail servers have none.';
  return undefined;
}

const awaySubject = new RegExp(
  `^\\s*(?:re:\\s*|aw:\\s*)?(?:${[
    'auto(?:matic|mated)?[ -]?(?:reply|response|antwort)',
    'auto:',
    'out of (?:the )?office',
    'away from (?:the|my) office',
    'on (?:vacation|holiday|leave)\\b',
    'abwesenheits(?:notiz|assistent|nachricht|meldung)',
    'automatische (?:antwort|reactie)',
    'abwesend:',
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
  ].join('|')})`,
  'iu',
);

function replyReason({ marks, subject }: Judged, address: string): string | undefined {
  const submitted = (marks.autoSubmitted ?? 'no').split(';')[0]?.trim();
  if (submitted !== 'no' && submitted !== '')
    return `It says that a machine sent it (Auto-Submitted: ${submitted?.slice(0, 40)}).`;
  if (marks.autoReply !== undefined) return 'It says that it is an automatic reply (X-Autoreply).';
  if (/^auto[_-]?reply$/.test(marks.precedence ?? '')) return 'It says that it is an automatic reply (Precedence).';
  if (marks.loop !== undefined) return 'It carries the loop mark of a machine (X-Loop).';
  if (machines.test(address)) return 'Its sender reads no answers.';
  if (awaySubject.test(subject)) return 'Its subject is that of an automatic reply.';
  return undefined;
}

function listReason({ marks }: Judged): string | undefined {
  if (marks.listId !== undefined || marks.listPost !== undefined) return 'It came through a mailing list.';
  if (marks.listUnsubscribe !== undefined) return 'It is a newsletter: one can unsubscribe from it.';
  if (/^(?:bulk|list|junk)$/.test(marks.precedence ?? ''))
    return `It was sent to many (Precedence: ${marks.precedence}).`;
  return undefined;
}

/** RFC 3464, as far as servers keep to it. */
function bouncedOf({ attachments, forwarded, text }: Judged): Bounced {
  const status = attachments.find(({ mime }) => mime === 'message/delivery-status');
  const fields = status ? Buffer.from(status.content.subarray(0, 20_000)).toString('utf8') : text.slice(0, 20_000);
  const headers = attachments.find(({ mime }) => mime === 'text/rfc822-headers');
  const returned = headers ? Buffer.from(headers.content.subarray(0, 50_000)).toString('utf8') : '';
  const messageId = forwarded[0]?.messageId ?? /^Message-ID:\s*(<[^<>\s]{1,900}>)/im.exec(returned)?.[1];
  const code = /^Status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(fields)?.[1];
  const recipient = /^(?:Final|Original)-Recipient:\s*[\w-]{1,40};\s*<?([^\s<>]{1,320})/im.exec(fields)?.[1];
  return {
    ...(messageId === undefined ? {} : { messageId }),
    ...(code === undefined ? {} : { status: code }),
    ...(recipient === undefined ? {} : { recipient: recipient.toLowerCase() }),
  };
}
