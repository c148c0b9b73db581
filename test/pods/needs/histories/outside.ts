// A fake Slack and a fake mail server that record what reaches people, and may be away.

import type { Runner } from '../../../../src/agents/runs/runner.ts';
import { mailHome } from '../../../../src/email/address.ts';
import { InvalidInput, Retryable } from '../../../../src/errors.ts';
import type { AgentId } from '../../../../src/log/participant.ts';
import { slackLinks } from '../../../../src/outbox/link.ts';
import { type MailSendingDoc, makeMailOut } from '../../../../src/outbox/mail/mail-out.ts';
import { makeReplyAddresses, type ReplyAddressDoc } from '../../../../src/outbox/mail/reply-address.ts';
import type { Parts } from '../../../../src/outbox/parts.ts';
import { makeAgentApps } from '../../../../src/outbox/slack/voices/agent-apps.ts';
import type { Sender } from '../../../../src/slack/send/send.ts';
import type { Store } from '../../../../src/store/port.ts';
import { deliveryOf } from './checks/facts.ts';

/** Something that reached people. */
export interface Arrived {
  on: 'slack' | 'mail';
  /** The delivery that sent it. */
  key: string;
  to: string;
  text: string;
  /** The number of all commits: those that the views showed when the attempt began, and those when it arrived. */
  from: number;
  until: number;
  /** In milliseconds since 1970. */
  at: number;
}

/** An agent that was woken. */
export interface Woken {
  /** The delivery that woke it. */
  key: string;
  agent: AgentId;
  conversation: string;
  at: number;
}

export interface Outside {
  arrived: Arrived[];
  away: { slack: boolean; mail: boolean };
  /** The number of all commits that the views showed at the beginning of the newest attempt of a delivery. */
  began: Map<string, number>;
  /** The posts that Slack refuses for good, whatever is tried. */
  refused: Set<string>;
  woken: Woken[];
  /** Wakes that were given up, with the numbers of all commits when the attempt began and when it ended. */
  gaveUp: { key: string; from: number; until: number }[];
  seed: number;
}

/** The pod's channel. */
export const CHANNEL = 'C1';
/** One post of so many is refused. */
const REFUSED_OF = 25;

interface Ways {
  outside: Outside;
  store: Store;
  clock(): number;
  lengthNow(): number;
  step(what: string): Promise<void>;
}

export function makeOutside(seed: number): Outside {
  return {
    ...{ arrived: [], away: { slack: false, mail: false }, began: new Map(), refused: new Set() },
    ...{ woken: [], gaveUp: [], seed },
  };
}

/** The ways out of one process. */
export function waysOut({ outside, store, clock, lengthNow, step }: Ways): Pick<Parts, 'slack' | 'mail' | 'runner'> {
  const { arrived, began, away } = outside;
  const reach = async (on: Arrived['on'], key: string, to: string, texts: readonly string[]) => {
    await step(`before ${on} ${key}`);
    if (away[on]) throw new Retryable(`The ${on} is away.`);
    const until = lengthNow();
    for (const text of texts) {
      const from = began.get(deliveryOf(key)) ?? 0;
      arrived.push({ on, key, to, text, from, until, at: clock() });
    }
    await step(`after ${on} ${key}`);
  };
  const stand = (key: string) => arrived.filter((one) => one.on === 'slack' && one.key === key);
  const sender: Pick<Sender, 'post' | 'update' | 'remove' | 'openDm' | 'lookUp'> = {
    async post({ channel, key, posts, resend }) {
      if (channel === CHANNEL && deliveryOf(key) === key && hashOf(`${outside.seed} ${key}`) % REFUSED_OF === 0) {
        await step(`refused ${key}`);
        outside.refused.add(key);
        throw new InvalidInput('Slack refuses this post.');
      }
      if (!(resend && stand(key).length)) {
        const shown = posts.map((post) => JSON.stringify(post));
        await reach('slack', key, channel, shown);
      }
      const all = stand(key).map((_, n) => timeOf(key, n));
      return { ts: all[0] ?? '', all, posted: true } as never;
    },
    update: async () => step('update'),
    remove: async () => step('remove'),
    async openDm(user) {
      await step('openDm');
      if (away.slack) throw new Retryable('The slack is away.');
      return `D-${user}`;
    },
    lookUp: async ({ key }) => stand(key).map((_, n) => timeOf(key, n)),
  };
  const runner: Pick<Runner, 'wake' | 'giveUp'> = {
    async wake({ id: key, agent, conversation }) {
      await step(`before wake ${key}`);
      outside.woken.push({ key, agent, conversation, at: clock() });
      await step(`after wake ${key}`);
    },
    async giveUp({ id: key }) {
      await step(`give up wake ${key}`);
      outside.gaveUp.push({ key, from: began.get(key) ?? 0, until: lengthNow() });
    },
  };
  const home = mailHome({ domain: 'pods.test' });
  const known = store.collection<ReplyAddressDoc>('replyAddresses');
  const out = makeMailOut({
    home,
    loop: 'skein@pods.test',
    replies: makeReplyAddresses({ home, known, secret: async () => 's', clock }),
    sender: {
      async send(mail, key) {
        await reach('mail', key, mail.to.map(({ address }) => address).join(), [`${mail.subject}\n${mail.text}`]);
        return { rejected: [], later: [] };
      },
    },
    sending: store.collection<MailSendingDoc>('sending'),
    clock,
  });
  return {
    slack: {
      sender: sender as Sender,
      reactions: {
        inTurn: (show) => show(),
        waitsNoMore: () => {},
        removals: () => 0,
        owes: () => {},
        add: async () => true,
        remove: async () => true,
      },
      team: 'T1',
      links: slackLinks({ teamId: 'T1' }),
      apps: makeAgentApps([], () => {}),
      removeFile: async () => {},
    },
    mail: { out, reader: { read: () => Promise.reject(new Error('No mail is read here.')) } },
    runner: runner as Runner,
  };
}

/** A Slack time that is the same at each look. */
function timeOf(key: string, n: number): string {
  return `1793610000.${String(hashOf(`${key}/${n}`)).padStart(6, '0')}`;
}

function hashOf(text: string): number {
  let hash = 7;
  for (const letter of text) hash = (hash * 31 + letter.charCodeAt(0)) % 1_000_003;
  return hash % 1_000_000;
}
