// Reports of mails that did not arrive, in the forms that mail servers write them: made up, each about the same lost mail.
import { aMail, multipartBody } from '../build.ts';

export interface Lost {
  /** The Message-ID of the mail that was lost. */
  id: string;
  to: string;
}

type Headers = Record<string, string | string[]>;

const MX = 'mx.far.test';
const daemon: Headers = {
  From: `Mail Delivery Subsystem <MAILER-DAEMON@${MX}>`,
  'Return-Path': '<>',
  Subject: 'Undelivered Mail Returned to Sender',
  'Message-ID': `<report@${MX}>`,
};

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;
const head = ({ id, to }: Lost, ...more: string[]) =>
  lines('From: Pilot <launch+pilot@pods.test>', `To: <${to}>`, 'Subject: Re: Rye', `Message-ID: ${id}`, ...more);

function inWords(headers: Headers, ...words: string[]): Buffer {
  return aMail({ headers: { ...daemon, ...headers }, body: lines(...words) });
}

function inParts(headers: Headers, type: string, parts: string[]): Buffer {
  return aMail({
    headers: { ...daemon, 'Content-Type': `multipart/${type}; boundary="b1"`, ...headers },
    body: multipartBody(parts),
  });
}

const text = (...words: string[]) => `Content-Type: text/plain; charset=utf-8\r\n\r\n${lines(...words)}`;
const part = (type: string, body: string) => `Content-Type: ${type}\r\n\r\n${body}`;
const status = ({ to }: Lost, code = '5.1.1', action = 'failed', ...more: string[]) =>
  part(
    'message/delivery-status',
    lines(
      `Reporting-MTA: dns; ${MX}`,
      ...more,
      '',
      `Final-Recipient: rfc822; ${to}`,
      `Action: ${action}`,
      `Status: ${code}`,
    ),
  );
const report = 'report; report-type=delivery-status';

/** By the server, or the kind of it, that writes so. */
export const BOUNCES: Record<string, (lost: Lost) => Buffer> = {
  'Postfix, with the whole mail': (lost) =>
    inParts({}, report, [
      text('I am sorry to tell you that your message was not delivered.', '', `<${lost.to}>: host said: 550 no`),
      status(lost),
      part('message/rfc822', `${head(lost)}\r\nRye is out.\r\n`),
    ]),
  'Postfix, with the head alone': (lost) =>
    inParts({}, report, [text('See below.'), status(lost), part('text/rfc822-headers', head(lost))]),
  'a head of the other name': (lost) =>
    inParts({}, report, [text('See below.'), status(lost), part('message/rfc822-headers', head(lost))]),
  'an internationalised report': (lost) =>
    inParts({}, report, [
      text('See below.'),
      part('message/global-delivery-status', lines('', `Final-Recipient: utf-8; ${lost.to}`, 'Status: 5.1.1')),
      part('message/global-headers', head(lost)),
    ]),
  'Sendmail, with the mail inside mixed parts': (lost) =>
    inParts({ Subject: 'Returned mail: see transcript for details' }, 'mixed', [
      text('   ----- The following addresses had permanent fatal errors -----', `<${lost.to}>`),
      part('message/rfc822', `${head(lost)}\r\nx\r\n`),
    ]),
  'Sendmail of old, as one text': (lost) =>
    inWords(
      { Subject: 'Returned mail: User unknown' },
      '   ----- Transcript of session follows -----',
      `550 <${lost.to}>... User unknown`,
      '   ----- Unsent message follows -----',
      head(lost),
      'Rye is out.',
    ),
  qmail: (lost) =>
    inWords(
      { Subject: 'failure notice' },
      `Hi. This is the program that sends mail at ${MX}.`,
      '',
      `<${lost.to}>:`,
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Return-Path: <launch+pilot@pods.test>',
      head(lost),
      'Rye is out.',
    ),
  'Exim, which names whom in a header': (lost) =>
    inWords(
      { Subject: 'Mail delivery failed: returning message to sender', 'X-Failed-Recipients': lost.to },
      'A message that you sent could not be delivered:',
      '',
      `  ${lost.to}`,
      '    Unrouteable address',
      '',
      '------ This is a copy of the message, including all the headers. ------',
      '',
      head(lost),
    ),
  'Exim, with the head folded': (lost) =>
    inWords(
      { Subject: 'Mail delivery failed' },
      `  ${lost.to}: all hosts have been failing for a long time (retry timeout exceeded)`,
      '',
      head({ ...lost, id: `\r\n\t${lost.id}` }),
    ),
  'Gmail, whose text stands beside the report': (lost) =>
    inParts({ From: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>' }, report, [
      `Content-Type: text/html; charset=utf-8\r\n\r\n<p>Address not found: <b>${lost.to}</b></p>\r\n`,
      status(lost),
      part('message/rfc822', `${head(lost)}\r\nx\r\n`),
    ]),
  'Gmail of old, quoted in words': (lost) =>
    inWords(
      { Subject: 'Delivery Status Notification (Failure)', 'X-Failed-Recipients': lost.to },
      'Delivery to the following recipient failed permanently:',
      '',
      `     ${lost.to}`,
      '',
      '----- Original message -----',
      '',
      head(lost),
    ),
  'Exchange, with an id of its own for the mail': (lost) =>
    inParts({ From: 'postmaster@far.test', Subject: 'Undeliverable: Re: Rye', 'In-Reply-To': lost.id }, report, [
      text(`Delivery has failed to these recipients: ${lost.to}`),
      status(lost, '5.1.10'),
    ]),
  'Exchange, as HTML alone': (lost) =>
    aMail({
      headers: { ...daemon, Subject: 'Undeliverable: Re: Rye', 'Content-Type': 'text/html; charset=utf-8' },
      body: `<p>Your message to <a href="mailto:${lost.to}">${lost.to}</a> couldn't be delivered.</p><pre>Message-ID: ${lost.id.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</pre>\r\n`,
    }),
  'Office 365, whose fields name the original': (lost) =>
    inParts({ Subject: 'Undeliverable: Re: Rye' }, report, [
      text('Your mail was not delivered.'),
      status(lost, '5.7.1', 'failed', `X-Original-Message-ID: ${lost.id}`),
    ]),
  'a header that names the original': (lost) =>
    inWords(
      { 'X-Original-Message-ID': lost.id, Subject: 'Undelivered mail' },
      `${lost.to} could not be reached: mailbox full`,
    ),
  'References alone, from a robot': (lost) =>
    inWords(
      { From: 'no-reply@far.test', References: `<other@x.test> ${lost.id}`, Subject: 'Delivery failure' },
      `Your mail to ${lost.to} was blocked.`,
    ),
  'Courier, whose report is attached as a text': (lost) =>
    inParts({ Subject: 'NOTICE: mail delivery status.' }, 'mixed', [
      text(`<${lost.to}>: 550 User unknown.`),
      `Content-Type: text/plain; name="headers.txt"\r\nContent-Disposition: attachment; filename="headers.txt"\r\n\r\n${head(lost)}`,
    ]),
  'James, from an address of its own spelling': (lost) =>
    inWords(
      { From: `post_master@${MX}`, 'Return-Path': [], 'In-Reply-To': lost.id, Subject: 'Re:Rye' },
      'Error: Invalid user address',
      '550 - Requested action not taken: no such user here',
      `RCPT TO: ${lost.to}`,
    ),
  'Amazon SES, as JSON': (lost) =>
    inWords(
      { From: 'SES <no-reply@sns.amazonaws.test>', Subject: 'AWS Notification Message', 'Return-Path': '<a@b.test>' },
      JSON.stringify({
        notificationType: 'Bounce',
        bounce: { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress: lost.to, status: '5.1.1' }] },
        mail: { headers: [{ name: 'Message-ID', value: lost.id }] },
      }),
    ),
  'Amazon SES, as JSON in JSON': (lost) =>
    inWords(
      { From: 'no-reply@sns.amazonaws.test', Subject: 'AWS Notification Message', 'Return-Path': '<a@b.test>' },
      JSON.stringify({
        Message: JSON.stringify({
          notificationType: 'Bounce',
          bounce: { bouncedRecipients: [{ emailAddress: lost.to }] },
          mail: { commonHeaders: { messageId: lost.id } },
        }),
      }),
    ),
  'Domino, which quotes the head': (lost) =>
    inWords(
      { Subject: 'DELIVERY FAILURE: User rye not listed in directory' },
      `Your message was not delivered to ${lost.to}.`,
      '',
      ...head(lost)
        .trim()
        .split('\r\n')
        .map((line) => `> ${line}`),
    ),
  'a small server that says it in its subject alone': (lost) =>
    inWords(
      { From: `daemon@${MX}`, 'Return-Path': [], Subject: 'Mail delivery failed' },
      `Your message to ${lost.to} could not be delivered: no such user`,
      '',
      head(lost),
    ),
  'a gateway that answers by itself': (lost) =>
    inWords(
      { From: 'gateway@far.test', 'Auto-Submitted': 'auto-replied', Subject: 'There was an error sending your mail' },
      'We had trouble delivering your message.',
      `The following recipients returned permanent errors: ${lost.to}`,
      head(lost),
    ),
  'a report of no named kind': (lost) =>
    inParts({ From: `robot@${MX}`, 'Return-Path': [], Subject: 'Delivery status notification' }, 'report', [
      text(`Not delivered to ${lost.to}`),
      part('message/rfc822', `${head(lost)}\r\nx\r\n`),
    ]),
  'a report in German': (lost) =>
    inWords(
      { Subject: 'Unzustellbar: Re: Rye', 'Return-Path': '<>' },
      `Ihre Nachricht an ${lost.to} wurde nicht zugestellt. (550 5.2.2 Mailbox voll)`,
      head(lost),
    ),
  'a report in Japanese': (lost) =>
    inWords(
      { Subject: 'メールが送信できませんでした' },
      `${lost.to} に配信できませんでした。550 5.1.1 User unknown`,
      head(lost),
    ),
  'a report within a report': (lost) =>
    inParts({}, 'mixed', [
      text('Passed on by the gateway.'),
      part(
        'message/rfc822',
        `Subject: Undelivered\r\nContent-Type: multipart/report; boundary=b2\r\n\r\n--b2\r\nContent-Type: text/plain\r\n\r\nNo ${lost.to}\r\n--b2\r\nContent-Type: message/rfc822\r\n\r\n${head(lost)}\r\nx\r\n--b2--\r\n`,
      ),
    ]),
  'a service that gave the mail an id of its own': (lost) =>
    inParts({}, report, [
      text('Not delivered.'),
      status(lost),
      part('text/rfc822-headers', head({ ...lost, id: '<0100018f@ses.test>' }, `References: <x@y.test> ${lost.id}`)),
    ]),
};
