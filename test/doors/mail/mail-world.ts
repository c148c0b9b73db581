// Builders for tests of the mail inbox: a world with a pod that has an address, and mails that arrive there.

import type { MailContext } from '../../../src/doors/mail/context.ts';
import { handleMail } from '../../../src/doors/mail/route.ts';
import { mailHome } from '../../../src/email/address.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { reasonOf } from '../../../src/errors.ts';
import { IGNORED_SPEC, type IgnoredMailDoc } from '../../../src/inbox/ignored-mails.ts';
import { LEFT_OUT_SPEC } from '../../../src/inbox/left-out.ts';
import { saveMail } from '../../../src/inbox/save-mail.ts';
import { laneSpecs } from '../../../src/lanes/item.ts';
import { makeQueue, type Queue } from '../../../src/lanes/queue.ts';
import type { Commit } from '../../../src/log/commit.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { sha256 } from '../../../src/log/ids.ts';
import { makeReader } from '../../../src/log/read.ts';
import { answerableLines } from '../../../src/outbox/mail/notice-mail.ts';
import {
  makeReplyAddresses,
  REPLY_SPEC,
  type ReplyAddressDoc,
  type ReplyAddresses,
} from '../../../src/outbox/mail/reply-address.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { stamped } from '../../../src/practice/mail/stamp.ts';
import { aMail, type ToBuild } from '../../email/build.ts';
import { heardBy } from '../../logs.ts';
import { aWorld, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';
import { texts } from '../../texts/words.ts';

export const POD = 'launch@pods.test';
export const ADA = 'ada@example.org';

export interface MailWorld {
  world: World;
  mail: MailContext;
  queue: Queue;
  replies: ReplyAddresses;
  answers: { person: string; text: string; key: string }[];
  lines: string[];
  /** Sends a mail through the whole inbox. Equal headers and bodies are copies of one mail. Returns the hash of the copy. */
  arrives(built: ToBuild, more?: { auth?: 'fail'; to?: string[]; from?: string; receivedAt?: string }): Promise<string>;
  arrivesAsIs(
    raw: Buffer,
    more?: { auth?: 'fail'; to?: string[]; from?: string; receivedAt?: string },
  ): Promise<string>;
  /** Handles the item with this id. */
  handle(id: string): Promise<void>;
}

export interface MailWorldOptions {
  domain?: string;
  people?: string;
  /** Called by the store in memory for each operation. */
  step?: (what: string) => Promise<void>;
}

export async function aMailWorld({
  domain = 'pods.test',
  people = 'example.org',
  step,
}: MailWorldOptions = {}): Promise<MailWorld> {
  const specs = [...LOG_SPECS, ...VIEW_SPECS, ...laneSpecs('inbox'), IGNORED_SPEC, LEFT_OUT_SPEC, REPLY_SPEC];
  const store = memoryStore(specs, step ? { step, whole: true } : {});
  const world = await aWorld({ store, home: { pod: 'p_launch', account: (handle) => `mail:${handle}@${people}` } });
  await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
  // Some minutes after the time of `aMail`.
  world.clock.now = Date.UTC(2026, 10, 16, 9, 5);
  const queue = makeQueue(store, 'inbox', () => world.clock.now);
  const home = mailHome({ domain });
  const known = store.collection<ReplyAddressDoc>('replyAddresses');
  const replies = makeReplyAddresses({ home, known, secret: async () => 's', clock: () => world.clock.now });
  const answers: MailWorld['answers'] = [];
  const lines: string[] = [];
  const mail: MailContext = {
    act: world.act,
    read: makeReader(store),
    blobs: store.blobs,
    commits: store.collection<Commit>('commits'),
    queue,
    ignored: store.collection<IgnoredMailDoc>('ignoredMails'),
    reader: {
      read: (raw) =>
        parseMail(Buffer.from(raw)).catch((error) => ({ kind: 'unreadable' as const, reason: reasonOf(error) })),
      stop: async () => {},
    },
    authentication: { kind: 'authserv-id', id: 'mx.practice' },
    home,
    loop: `skein@${domain}`,
    replyThread: replies.thread,
    replyAddress: replies.address,
    replyList: replies.list,
    shownIn: async () => undefined,
    answerableLines: (open, zone) => {
      const clock = () => world.clock.now;
      return answerableLines({ read: makeReader(store), texts, clock, zone, address: replies.address }, open);
    },
    answer: async ({ person, text }, key) => answers.push({ person, text, key }) > 0,
    texts,
    clock: () => world.clock.now,
    logger: heardBy((phrase) => lines.push(phrase)),
  };
  let copies = 0;
  const handle = async (id: string) => {
    const item = await queue.items.get(id);
    if (!item) throw new Error(`There is no ${id}.`);
    await handleMail(mail, item);
  };
  const room: MailWorld = {
    ...{ world, mail, queue, replies, answers, lines, handle },
    arrives: (built, more) => room.arrivesAsIs(aMail(built), more),
    async arrivesAsIs(as, { auth, to = [POD], from = ADA, receivedAt } = {}) {
      const raw = stamped({ raw: as, from, n: ++copies, fail: auth === 'fail' });
      const arrival = sha256(raw).slice(0, 16);
      const envelope = { mailbox: 'test', arrival, mailFrom: from, rcptTo: to, ...(receivedAt ? { receivedAt } : {}) };
      await saveMail({ queue, blobs: store.blobs }, raw, envelope);
      await handle(`mail:test:${arrival}`);
      return sha256(raw);
    },
  };
  return room;
}
