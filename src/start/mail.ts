// Builds mail: receiving, saving, parsing and routing; and sending.

import type { MailSettings } from '../config/mail.ts';
import { claimAddresses } from '../doors/mail/claim-addresses.ts';
import type { MailContext } from '../doors/mail/context.ts';
import { reportUntaken } from '../doors/mail/quarantine/untaken.ts';
import { handleMail } from '../doors/mail/route.ts';
import type { MailHome } from '../email/address.ts';
import type { Authentication } from '../email/authenticate/authenticate.ts';
import type { Envelope } from '../email/mail.ts';
import { startMailReader } from '../email/parse/read-mail.ts';
import { startSmtpReceiver } from '../email/receive/receive-smtp.ts';
import { type MailSender, makeMailSender } from '../email/send/send-mail.ts';
import type { IgnoredMailDoc } from '../inbox/ignored-mails.ts';
import { listenAlone } from '../inbox/listen-alone.ts';
import { saveMail } from '../inbox/save-mail.ts';
import type { Item } from '../lanes/item.ts';
import type { Commit } from '../log/commit.ts';
import type { Logger } from '../logger.ts';
import { answerMail } from '../outbox/mail/answer-mail.ts';
import { type MailSendingDoc, makeMailOut } from '../outbox/mail/mail-out.ts';
import { noMail } from '../outbox/mail/no-mail.ts';
import { answerableLines } from '../outbox/mail/notice-mail.ts';
import { makeReplyAddresses, type ReplyAddressDoc } from '../outbox/mail/reply-address.ts';
import type { MailParts } from '../outbox/parts.ts';
import { secretNamed } from '../store/secret.ts';
import type { Texts } from '../texts/texts.ts';
import type { Core } from './core.ts';
import { makeUndo } from './undo.ts';

/** In bytes. A mail that is too large to parse is accepted up to this size, and put into quarantine. */
const INTAKE_BYTES = 64 * 1024 * 1024;

/** The settings of mail once the practice server runs, if there is one. */
export type ReadyMailSettings =
  | Extract<MailSettings, { kind: 'mailbox' | 'off' }>
  | { kind: 'smtp'; smtpUrl: string; home: MailHome; authservId: string; begin(port: number): void };

export interface MailPart {
  /** The parts that the outbox needs to send mail. Absent: mail is off. */
  parts?: MailParts;
  /** Handles an inbox item of the kind `mail`. */
  handle(item: Item): Promise<void>;
  /** Shows an item that is set aside to the owners of its pods. */
  reportUntaken(item: Item, error: unknown): Promise<void>;
  stop(): Promise<void>;
}

export interface MailPorts {
  logger: Logger;
  /** Called when a mail was saved, so that the inbox looks at once. */
  poke(): void;
  texts: Texts;
}

export async function startMail(core: Core, settings: ReadyMailSettings, ports: MailPorts): Promise<MailPart> {
  if (settings.kind === 'off') return without();
  const { logger, poke, texts } = ports;
  const { store, read, act, inbox, clock } = core;
  const { home, smtpUrl } = settings;
  const undo = makeUndo(logger);
  try {
    const sender: MailSender = makeMailSender({ settings: { url: smtpUrl, ...dkimOf(settings) }, logger });
    undo.add(sender.stop);
    const loop = `skein@${home.domain}`;
    const sending = store.collection<MailSendingDoc>('sending');
    const known = store.collection<ReplyAddressDoc>('replyAddresses');
    const replies = makeReplyAddresses({ home, known, secret: () => secretNamed(store, 'reply'), clock });
    const out = makeMailOut({ home, loop, replies, sender, sending, clock });
    const reader = startMailReader({ logger });
    undo.add(reader.stop);
    const context: MailContext = {
      act,
      read,
      blobs: store.blobs,
      commits: store.collection<Commit>('commits'),
      queue: inbox,
      ignored: store.collection<IgnoredMailDoc>('ignoredMails'),
      reader,
      authentication: authenticationOf(settings),
      home,
      loop,
      replyThread: replies.thread,
      replyAddress: replies.address,
      replyList: replies.list,
      shownIn: async (delivery) => (await out.begun(delivery))?.kept,
      answerableLines: (open, zone) => answerableLines({ read, texts, clock, zone, address: replies.address }, open),
      answer: (to, key) => answerMail({ read, texts, out, sending, logger }, to, key),
      texts,
      clock,
      logger,
    };
    const ingest = async (raw: Uint8Array, envelope: Envelope) => {
      await saveMail({ queue: inbox, blobs: store.blobs }, raw, envelope);
      poke();
    };
    await claimAddresses(core);
    if (settings.kind === 'smtp') {
      const receiver = await startSmtpReceiver({ ingest, logger, maxBytes: INTAKE_BYTES });
      undo.add(receiver.stop);
      settings.begin(receiver.port);
    } else for (const account of settings.accounts) undo.add((await listenAlone(core, account, ingest, logger)).stop);
    return {
      parts: { out, reader },
      handle: (item) => handleMail(context, item),
      reportUntaken: (item, error) => reportUntaken(context, item, error),
      stop: undo.run,
    };
  } catch (error) {
    return undo.afterFailure(error);
  }
}

function without(): MailPart {
  return {
    handle: async () => {
      throw noMail();
    },
    reportUntaken: async () => {},
    stop: async () => {},
  };
}

function authenticationOf(settings: Exclude<ReadyMailSettings, { kind: 'off' }>): Authentication {
  return settings.authservId ? { kind: 'authserv-id', id: settings.authservId } : { kind: 'verify-here' };
}

function dkimOf(settings: Exclude<ReadyMailSettings, { kind: 'off' }>) {
  return settings.kind === 'mailbox' && settings.dkim ? { dkim: settings.dkim } : {};
}
