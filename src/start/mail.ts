// Mail, both ways: what comes in is saved, read apart and routed; what goes out is the same mail however often it is sent.

import type { MailSettings } from '../config/mail.ts';
import type { MailContext } from '../doors/mail/context.ts';
import { handleMail } from '../doors/mail/route.ts';
import type { MailHome } from '../email/address.ts';
import type { Authentication } from '../email/authenticate/authenticate.ts';
import type { Envelope } from '../email/mail.ts';
import { startMailReader } from '../email/parse/read-mail.ts';
import type { ImapAccount } from '../email/receive/imap-settings.ts';
import { type Listening, listenImap } from '../email/receive/listen-imap.ts';
import { startSmtpReceiver } from '../email/receive/receive-smtp.ts';
import { type MailSender, makeMailSender } from '../email/send/send-mail.ts';
import { InvalidInput } from '../errors.ts';
import { type CursorDoc, saveCursor } from '../inbox/cursors.ts';
import type { IgnoredMailDoc } from '../inbox/ignored-mails.ts';
import { laneOf, MAIL, type SavedMail, saveMail } from '../inbox/save-mail.ts';
import { holdLease, type LeaseDoc } from '../lanes/hold-lease.ts';
import type { Item } from '../lanes/item.ts';
import type { Commit } from '../log/commit.ts';
import type { Log } from '../logger.ts';
import type { Carriers } from '../outbox/carry.ts';
import { tellOwners } from '../outbox/kinds/held.ts';
import { carryMail } from '../outbox/kinds/mail.ts';
import { MAIL_OUT, wakeLane } from '../outbox/lane-of.ts';
import { answerMail } from '../outbox/mail/answer-mail.ts';
import { type MailOut, type MailSendingDoc, makeMailOut } from '../outbox/mail/mail-out.ts';
import { makeReplyAddresses, type ReplyAddressDoc } from '../outbox/mail/reply-address.ts';
import type { MailDeps } from '../outbox/mail/target.ts';
import type { SendingDoc } from '../outbox/slack/send-once.ts';
import type { ConversationDoc } from '../pods/conversations/conversation.ts';
import type { Delivery } from '../pods/deliveries.ts';
import { HELD_MAILS } from '../pods/mail/held-mail.ts';
import { ORG } from '../pods/members/standing.ts';
import { ADDRESSES } from '../pods/pod/address.ts';
import { PODS } from '../pods/pod/pod.ts';
import type { Sender } from '../slack/send/send.ts';
import { secretNamed } from '../store/secret.ts';
import type { Core } from './core.ts';
import { makeUndo } from './undo.ts';

/** What is too large to read is taken all the same, and waits in quarantine with that reason. */
const INTAKE_BYTES = 64 * 1024 * 1024;

/** Settings with the practice server in place: it takes what is sent, and brings what people write. */
export type ReadyMailSettings =
  | Extract<MailSettings, { kind: 'mailbox' | 'off' }>
  | { kind: 'smtp'; smtpUrl: string; home: MailHome; authservId: string; begin(port: number): void };

export interface MailPart {
  out?: MailOut;
  home?: MailHome;
  carriers: Pick<Carriers, 'mail' | 'admit'>;
  /** Resources of the outbox that this process holds. */
  held(): string[];
  /** An item of the inbox of the kind `mail`. */
  handle(item: Item): Promise<void>;
  stop(): Promise<void>;
}

export interface MailPorts {
  log: Log;
  /** Something was saved: the inbox looks at once. */
  poke(): void;
  linkTo(conversation: ConversationDoc): string | undefined;
}

export async function startMail(core: Core, settings: ReadyMailSettings, ports: MailPorts): Promise<MailPart> {
  if (settings.kind === 'off') return noMail(core);
  const { log, poke, linkTo } = ports;
  const { store, read, act, inbox, clock } = core;
  const { home, smtpUrl } = settings;
  const undo = makeUndo(log);
  try {
    const sender: MailSender = makeMailSender({ settings: { url: smtpUrl, ...dkimOf(settings) }, log });
    undo.add(sender.stop);
    const loop = `skein@${home.domain}`;
    const sending = store.collection<MailSendingDoc>('sending');
    const known = store.collection<ReplyAddressDoc>('replyAddresses');
    const replies = makeReplyAddresses({ home, known, secret: () => secretNamed(store, 'reply'), clock });
    const out = makeMailOut({ home, loop, replies, sender, sending, clock });
    const reader = startMailReader({ log });
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
      answer: (to, key) => answerMail({ read, out, sending, log }, to, key),
      clock,
      log,
    };
    const ingest = async (raw: Uint8Array, envelope: Envelope) => {
      await saveMail({ queue: inbox, blobs: store.blobs }, raw, envelope);
      poke();
    };
    await giveAddresses(core);
    if (settings.kind === 'smtp') {
      const receiver = await startSmtpReceiver({ ingest, log, maxBytes: INTAKE_BYTES });
      undo.add(receiver.stop);
      settings.begin(receiver.port);
    } else for (const account of settings.accounts) undo.add(await listenAlone(core, account, ingest, log));
    return {
      out,
      home,
      carriers: {
        mail: (delivery) =>
          carryMail({ act, read, out, reader, clock, linkTo, isAnswering: isAnswering(core) }, delivery),
        admit: (delivery) => admit(core, delivery, poke),
      },
      held: () => [MAIL_OUT],
      handle: (item) => handleMail(context, item),
      stop: undo.run,
    };
  } catch (error) {
    return undo.afterFailure(error);
  }
}

/** Somebody is to answer in a conversation as long as a wake of its agents is not done. */
function isAnswering({ outbox }: Core): MailDeps['isAnswering'] {
  return async ({ id, agents }) => {
    const lanes = agents.map((agent) => wakeLane({ agent, conversation: id }));
    const where = { lane: { in: lanes }, state: 'waiting' } as const;
    return lanes.length > 0 && (await outbox.items.find({ where, limit: 1 })).length > 0;
  };
}

/** What came or was to go by mail, while there was mail, is put aside with this reason: it can be tried again. */
function noMail(core: Core): MailPart {
  const without = async () => {
    throw new InvalidInput(
      'No mail is set up here. Set IMAP_URL, SMTP_URL and MAIL_DOMAIN, start again, then retry it.',
    );
  };
  return {
    carriers: { mail: without, admit: (delivery) => admit(core, delivery, () => {}) },
    held: () => [MAIL_OUT],
    handle: without,
    stop: async () => {},
  };
}

function authenticationOf(settings: Exclude<ReadyMailSettings, { kind: 'off' }>): Authentication {
  return settings.authservId ? { kind: 'authserv-id', id: settings.authservId } : { kind: 'verify-here' };
}

function dkimOf(settings: Exclude<ReadyMailSettings, { kind: 'off' }>) {
  return settings.kind === 'mailbox' && settings.dkim ? { dkim: settings.dkim } : {};
}

/** One process listens to a mailbox at a time; two would only save everything twice under the same id. */
async function listenAlone(
  core: Core,
  account: ImapAccount,
  ingest: (raw: Uint8Array, envelope: Envelope) => Promise<void>,
  log: Log,
): Promise<() => Promise<void>> {
  const cursors = core.store.collection<CursorDoc>('cursors');
  let listening: Listening | undefined;
  let stopped = false;
  const begin = () => {
    if (stopped) return;
    listening ??= listenImap({
      accounts: [account],
      ports: {
        ingest,
        // Its headers stand in its place, in quarantine.
        putAside: ({ envelope, reason, headers }) =>
          saveMail({ queue: core.inbox, blobs: core.store.blobs }, headers, envelope, reason),
        loadCursor: async (mailbox) => (await cursors.get(mailbox))?.cursor,
        saveCursor: (mailbox, cursor) => saveCursor(cursors, mailbox, cursor),
        now: () => new Date(core.clock()),
        log,
      },
    });
  };
  const name = `mail:${account.name}`;
  const lease = await holdLease(core.store.collection<LeaseDoc>('leases'), name, {
    owner: core.owner,
    wall: core.wall,
    log,
    onHeld: begin,
  });
  const undo = makeUndo(log);
  undo.add(lease.stop);
  undo.add(async () => {
    stopped = true;
    await listening?.stop();
  });
  return undo.run;
}

/** An accepted mail goes through the inbox once more, past the checks. */
async function admit(
  core: Core,
  { pod, mail, by }: Extract<Delivery, { kind: 'admit' }>,
  poke: () => void,
): Promise<void> {
  const held = await core.read.get(HELD_MAILS, mail);
  if (!held?.raw) return;
  const id = `mail:accepted:${mail}`;
  const saved: SavedMail = {
    hash: held.raw,
    owner: pod,
    envelope: { mailbox: 'held', arrival: mail },
    accepted: { pod, held: mail, by },
  };
  const item = { id, lane: laneOf(id), kind: MAIL, payload: saved };
  await core.inbox.save([item]);
  await core.inbox.ready([item]);
  poke();
}

/** Pods from before there was mail get their address now. */
async function giveAddresses({ read, act }: Core): Promise<void> {
  const pods = await read.find(PODS, { where: { placeKey: { gte: '' } } });
  for (const { id, name, direct, state } of pods) {
    if (direct || state === 'archived') continue;
    if ((await read.find(ADDRESSES, { where: { of: id }, limit: 1 })).length) continue;
    await act({
      pod: ORG,
      actor: 'skein',
      via: 'skein',
      action: 'claim_address',
      input: { of: id, name },
      key: `address:${id}`,
    });
  }
}

/** Owners hear of held mails wherever they are. */
export function heldNotices(
  { read, store, clock }: Core,
  slack: { context: { sender: Sender }; identity: { teamId: string } },
  mail: Pick<MailPart, 'out'>,
  log: Log,
): Carriers['held'] {
  const deps = {
    read,
    clock,
    sending: store.collection<SendingDoc>('sending'),
    slack: { sender: slack.context.sender, team: slack.identity.teamId },
    ...(mail.out ? { mail: mail.out } : {}),
    log,
  };
  return (delivery) => tellOwners(deps, delivery);
}
