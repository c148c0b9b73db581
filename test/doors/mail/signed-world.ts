// A world of mails that only DKIM proves, verified by our own code: signed as servers sign them, then delivered by anybody.

import { saveMail } from '../../../src/inbox/save-mail.ts';
import { sha256 } from '../../../src/log/ids.ts';
import { MESSAGES } from '../../../src/pods/conversations/message.ts';
import { shownTo } from '../../../src/pods/mail/message-parts.ts';
import { dkimSigned, keysOf, type ToSign } from '../../email/authenticate/dkim.ts';
import { type Records, resolver } from '../../email/signed.ts';
import { aMailWorld, type MailWorld, POD } from './mail-world.ts';

export const RECORDS: Records = {
  ...keysOf('example.org'),
  ...keysOf('evil.test'),
  ...keysOf('esp.test'),
  '_dmarc.example.org': ['v=DMARC1; p=reject'],
  'example.org': ['v=spf1 ip4:192.0.2.1 -all'],
  'evil.test': ['v=spf1 ip4:203.0.113.9 -all'],
};

export interface SignedWorld extends MailWorld {
  /** Delivers the mail unchanged, from a server that is not its author's unless `remoteIp` says so. */
  brings(raw: Buffer, more?: { remoteIp?: string; mailFrom?: string; to?: string[] }): Promise<void>;
  /** Delivers a mail of Ada by her own server, which becomes a task. Returns the id that replies refer to. */
  hasTask(): Promise<string>;
  /** Everything in the pod: tasks with titles and states, messages with authors, quarantined mails. */
  stands(): Promise<{ tasks: string[]; messages: string[]; held: string[] }>;
}

export async function aSignedWorld(): Promise<SignedWorld> {
  const room = await aMailWorld();
  room.mail.authentication = { kind: 'verify-here', resolve: resolver(RECORDS) };
  const { world, mail, queue } = room;
  const brings: SignedWorld['brings'] = async (
    raw,
    { remoteIp = '203.0.113.9', mailFrom = 'x@evil.test', to = [POD] } = {},
  ) => {
    const arrival = sha256(raw).slice(0, 16);
    const envelope = { mailbox: 'test', arrival, mailFrom, rcptTo: to, remoteIp, helo: 'mail.test' };
    await saveMail({ queue, blobs: mail.blobs }, raw, envelope);
    await room.handle(`mail:test:${arrival}`);
  };
  return {
    ...room,
    brings,
    async hasTask() {
      const raw = Buffer.from(
        `From: Ada <ada@example.org>\r\nTo: ${POD}\r\nSubject: The list\r\nDate: Mon, 16 Nov 2026 08:50:00 +0000\r\nMessage-ID: <first@example.org>\r\n\r\nPlease look.\r\n`,
      );
      await brings(raw, { remoteIp: '192.0.2.1', mailFrom: 'ada@example.org' });
      const [message] = await mail.read.find(MESSAGES, { where: { pod: world.pod } });
      if (!message) throw new Error('Her mail is no task.');
      return `<${world.pod}.${message.conversation}.root@pods.test>`;
    },
    async stands() {
      const { tasks } = await world.does(world.ada, 'list_tasks', { state: 'all' });
      const messages = await mail.read.find(MESSAGES, { where: { pod: world.pod }, sort: [['posted', 'asc']] });
      const shown = await Promise.all(messages.map((message) => shownTo(mail.read, message)));
      const { mails } = await world.does(world.ada, 'list_held_mails');
      return {
        tasks: tasks.map(({ title, state, assigneeName = '' }: Record<string, string>) =>
          `${title} ${state} ${assigneeName}`.trim(),
        ),
        messages: messages.map(({ by }, n) => `${by}: ${shown[n]?.text ?? ''}`),
        held: mails.map(({ reason }: { reason: string }) => reason),
      };
    },
  };
}

/** A mail from Ada to the pod, some minutes old, as her server sent it. */
export function hers(
  {
    headers = {},
    body = 'Please order ten chairs.\r\n',
  }: { headers?: Record<string, string | undefined>; body?: string | Buffer } = {},
  sign: Partial<ToSign> & { also?: ToSign[] } = {},
): Buffer {
  const all: Record<string, string | undefined> = {
    From: 'Ada Lovelace <ada@example.org>',
    To: POD,
    Subject: 'Chairs',
    Date: 'Mon, 16 Nov 2026 09:00:00 +0000',
    'Message-ID': '<chairs@example.org>',
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}\r\n`]));
  const raw = Buffer.concat([Buffer.from(`${lines.join('')}\r\n`), Buffer.from(body)]);
  const { h = 'From:To:Subject:Date:Message-ID', also = [], ...more } = sign;
  return [{ h, ...more }, ...also].reduce<Buffer>((signed, how) => dkimSigned(signed, how), raw);
}
