// A stage for deliveries: a pod in a Slack channel with a mail address, and a fake outside that records what reaches it and may lose replies.

import type { ModelTurn } from '../../src/agents/model/model.ts';
import { prefixLives } from '../../src/agents/model/prefix-life.ts';
import { makeRunner } from '../../src/agents/runs/runner.ts';
import { toolDeps } from '../../src/agents/runs/tool-deps.ts';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import { mailHome } from '../../src/email/address.ts';
import { parseMail } from '../../src/email/parse/parse-mail.ts';
import type { Outgoing } from '../../src/email/render/compose-mail.ts';
import { Retryable } from '../../src/errors.ts';
import { saveAccepted } from '../../src/inbox/save-mail.ts';
import { laneSpecs } from '../../src/lanes/item.ts';
import { makeQueue } from '../../src/lanes/queue.ts';
import { LOG_SPECS } from '../../src/log/fold.ts';
import { makeReader } from '../../src/log/read.ts';
import { slackLinks } from '../../src/outbox/link.ts';
import { type MailSendingDoc, makeMailOut } from '../../src/outbox/mail/mail-out.ts';
import { makeReplyAddresses, type ReplyAddressDoc } from '../../src/outbox/mail/reply-address.ts';
import type { Parts } from '../../src/outbox/parts.ts';
import { makeReactions } from '../../src/outbox/slack/marks/reactions.ts';
import { makeAgentApps } from '../../src/outbox/slack/voices/agent-apps.ts';
import { OUTBOX_SPECS } from '../../src/outbox/specs.ts';
import { ACTIONS } from '../../src/pods/actions.ts';
import type { DeliveryOf, WishKind } from '../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import type { Reaction, Sender } from '../../src/slack/send/send.ts';
import { NO_SERVERS, USAGE } from '../agents/office.ts';
import { silent } from '../logs.ts';
import { aWorld, type Home, type World } from '../pods/build.ts';
import { memoryData, memoryStore } from '../store/memory.ts';
import { texts } from '../texts/words.ts';

const SPECS = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, ...OUTBOX_SPECS, ...laneSpecs('inbox')];
const HOME: Home = {
  pod: 'p_launch',
  origin: { kind: 'slack', team: 'T1', channel: 'C1' },
  account: (handle) => `slack:T1:U${handle.toUpperCase()}`,
};

export interface Stage {
  world: World;
  parts: Parts;
  /**
   * The posts in the fake Slack, and for each call whether it looked for existing posts first. `channel`: the apps in the
   * pod's channel.
   */
  slack: {
    posts: { ts: string; key: string; shown: unknown }[];
    asked: boolean[];
    reactions: Set<string>;
    channel: Set<string>;
  };
  /** Every mail that the server accepted, including repetitions. */
  mails: Outgoing[];
  /** The next call arrives, but its reply is lost. */
  loseReply(): void;
  /** The newest delivery of a kind. */
  newest<K extends WishKind>(kind: K): DeliveryOf<K>;
  /** Everything in the store and outside, except counters of attempts: revisions, and the arrivals of lanes. */
  stands(): unknown;
}

export async function aStage(): Promise<Stage> {
  const data = memoryData();
  const store = memoryStore(SPECS, { data });
  const world = await aWorld({ store, home: HOME });
  await world.does('skein', 'claim_address', { of: world.pod, name: 'Launch' });
  const clock = () => world.clock.now;
  const read = makeReader(store);
  let lost = false;
  const reply = <T>(value: T): T => {
    if (!lost) return value;
    lost = false;
    throw new Retryable('The reply was lost.');
  };
  const slack: Stage['slack'] = { posts: [], asked: [], reactions: new Set(), channel: new Set(['USCRIBE']) };
  const mails: Outgoing[] = [];
  const sender = {
    async post({ key, posts, resend }: Parameters<Sender['post']>[0]) {
      slack.asked.push(resend);
      const standing = slack.posts.filter((post) => resend && post.key === key);
      const made = standing.length
        ? standing
        : posts.map((shown, n) => ({ ts: `${slack.posts.length + n + 1}.000001`, key, shown }));
      if (!standing.length) slack.posts.push(...made);
      return reply({ ts: made[0]?.ts ?? '', all: made.map(({ ts }) => ts) });
    },
    async update({ ts, post }: Parameters<Sender['update']>[0]) {
      for (const one of slack.posts) if (one.ts === ts) one.shown = post;
    },
    async remove({ ts }: { ts: string }) {
      slack.posts = slack.posts.filter((post) => post.ts !== ts);
    },
    async sendContent({ name }: { name: string }) {
      return `F-${name}`;
    },
    async shareFile({ file, comment }: Parameters<Sender['shareFile']>[0]) {
      slack.asked.push(false);
      slack.posts.push({ ts: `${slack.posts.length + 1}.000001`, key: file, shown: comment });
      return reply(undefined);
    },
    async isFileShared({ file }: { file: string }) {
      slack.asked.push(true);
      return slack.posts.some(({ key }) => key === file);
    },
    async react({ ts, name }: Reaction) {
      slack.reactions.add(`${ts} ${name}`);
      reply(undefined);
    },
    async unreact({ ts, name }: Reaction) {
      slack.reactions.delete(`${ts} ${name}`);
      reply(undefined);
    },
    async invite({ user }: { user: string }) {
      slack.channel.add(user);
      reply(undefined);
    },
    async kick({ user }: { user: string }) {
      slack.channel.delete(user);
      reply(undefined);
    },
    openDm: async (user: string) => `D-${user}`,
    lookUp: async ({ key }: { key: string }) => slack.posts.filter((post) => post.key === key).map(({ ts }) => ts),
  };
  const known = store.collection<ReplyAddressDoc>('replyAddresses');
  const home = mailHome({ domain: 'pods.test' });
  const out = makeMailOut({
    home,
    loop: 'skein@pods.test',
    replies: makeReplyAddresses({ home, known, secret: async () => 's', clock }),
    sender: {
      async send(mail) {
        mails.push(mail);
        return reply({ rejected: [], later: [] });
      },
    },
    sending: store.collection<MailSendingDoc>('sending'),
    clock,
  });
  const done: ModelTurn = { content: '[{"type":"text","text":"Done."}]', stopReason: 'end_turn', usage: USAGE };
  const runner = makeRunner({
    texts,
    store,
    act: world.act,
    read,
    actions: ACTIONS,
    defaultModel: 'scripted',
    model: { turn: async () => done },
    clock,
    prefixLife: prefixLives(),
    progress: { show: () => {}, clear: () => {} },
    marks: { changed: async () => {} },
    cards: { changed: async () => {} },
    erasing: async () => false,
    logger: silent,
    tools: toolDeps({ store, act: world.act, read, actions: ACTIONS, clock, ...NO_SERVERS }),
  });
  const inbox = makeQueue(store, 'inbox', clock);
  const parts: Parts = {
    act: world.act,
    read,
    store,
    outbox: makeQueue(store, 'outbox', clock),
    clock,
    logger: silent,
    texts,
    slack: {
      sender: sender as unknown as Sender,
      reactions: makeReactions({ sender, logger: silent, clock }),
      team: 'T1',
      links: slackLinks({ teamId: 'T1' }),
      apps: makeAgentApps([], () => {}),
      removeFile: async ({ file }) => {
        slack.posts = slack.posts.filter((post) => post.key !== file);
      },
    },
    mail: { out, reader: { read: (raw) => parseMail(Buffer.from(raw)) } },
    digest: { unsubscribeThread: () => 'unsubscribe' },
    runner,
    readmit: (mail) => saveAccepted(inbox, mail),
  };
  return {
    world,
    parts,
    slack,
    mails,
    loseReply() {
      lost = true;
    },
    newest(kind) {
      const found = world.delivered.findLast((one) => one.kind === kind);
      if (!found) throw new Error(`Nothing has wished “${kind}”.`);
      return found as DeliveryOf<typeof kind>;
    },
    stands: () => {
      const kept = [...data.docs].filter(([name]) => !name.endsWith('Lanes'));
      const docs = kept.map(([name, all]) => [name, [...all.values()].map((doc) => ({ ...doc, rev: 0 }))]);
      const { bodies, blobs, postings } = data;
      return structuredClone({
        docs,
        bodies,
        blobs,
        postings,
        posts: slack.posts,
        reactions: [...slack.reactions],
        channel: [...slack.channel],
        mails,
      });
    },
  };
}
