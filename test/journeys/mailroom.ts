// Builders for journeys by mail: sending as anybody, reading every mailbox, and the pod as Ada sees it.
import { expect } from 'chai';
import { aMail } from './mails.ts';
import { aTeam, type Team } from './team.ts';

export const ADA = 'ada@wildgoose.example';
export const BEN = 'ben@wildgoose.example';
export const HOME = 'pods.wildgoose.example';

export interface InBox {
  from: string;
  to: string[];
  subject: string;
  text: string;
  html?: string;
  messageId: string;
  inReplyTo?: string;
  references: string[];
  autoSubmitted?: string;
  raw: string;
}

export interface State {
  users: { id: string; name: string; email: string }[];
  channels: { id: string; name: string; mail?: string }[];
  agents: { handle: string; mail?: string }[];
}

export interface QuarantinedMail {
  id: string;
  from: string;
  subject: string;
  excerpt: string;
  reason: string;
}

export interface MailRoom {
  team: Team;
  /** The demo pod: its address, its channel, its id. */
  launch: { mail: string; channel: string; pod: string };
  send(from: string, to: string, raw: string | Buffer, auth?: 'pass' | 'fail'): Promise<void>;
  boxWithoutInvitations(address: string): Promise<InBox[]>;
  /** The invitations into pods. `stop` checks those of all mailboxes. */
  invitations(address: string): Promise<InBox[]>;
  /** The mails of the mailbox, without invitations, as soon as `enough` holds. */
  mails(address: string, enough: (all: InBox[]) => boolean): Promise<InBox[]>;
  /** An action of Ada's, in the demo pod or another. */
  act<T>(action: string, input?: object, pod?: string): Promise<T>;
  held(pod?: string): Promise<QuarantinedMail[]>;
  /** The titles of all tasks of a pod. */
  tasks(pod?: string): Promise<string[]>;
  /** A person who has a mail address and no Slack account. */
  invites(email: string, name: string): Promise<void>;
  /** Ends the digests of somebody who has no Slack account, by replying “stop” to one. */
  endsDigest(email: string): Promise<void>;
  stop(): Promise<void>;
}

export async function aMailRoom(env: Record<string, string> = {}): Promise<MailRoom> {
  const team = await aTeam(env);
  const state = await team.get<State>('/practice/state');
  const channel = state.channels.find(({ mail }) => mail);
  const ada = state.users.find(({ email }) => email === ADA)?.id;
  const { id: pod } = await team.get<{ id: string }>(`/practice/pod?as=${ada}&channel=${channel?.id}`);
  const launch = { mail: channel?.mail ?? '', channel: channel?.id ?? '', pod };
  const all = (to: string) => team.get<InBox[]>(`/practice/mail?to=${encodeURIComponent(to)}`);
  const boxWithoutInvitations = async (to: string) => (await all(to)).filter((one) => !isInvitation(one));
  const room: MailRoom = {
    team,
    launch,
    boxWithoutInvitations,
    invitations: async (to) => (await all(to)).filter(isInvitation),
    async send(from, to, raw, auth = 'pass') {
      const query = new URLSearchParams({ from, to, auth });
      const body = typeof raw === 'string' ? raw : new Uint8Array(raw);
      const response = await fetch(`${team.url}/practice/mail?${query}`, { method: 'POST', body });
      expect(response.status, await response.clone().text()).to.equal(200);
    },
    async mails(to, enough) {
      for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
        const all = await boxWithoutInvitations(to);
        if (enough(all)) return all;
      }
      const subjects = (await boxWithoutInvitations(to)).map(
        ({ from, subject, text }) => `${from}: ${subject}: ${text.slice(0, 200)}`,
      );
      throw new Error(`not mailed in time: ${subjects.join('\n')}\n${team.lines.slice(-20).join('\n')}`);
    },
    act: (action, input = {}, where = pod) => {
      const org = ['invite_person', 'create_pod'].includes(action);
      return team.post('/practice/act', { as: ada, action, input, ...(org ? {} : { pod: where }) });
    },
    held: async (where = pod) => (await room.act<{ mails: QuarantinedMail[] }>('list_held_mails', {}, where)).mails,
    async tasks(where = pod) {
      const found = await room.act<{ tasks: { title: string }[] }>('list_tasks', { state: 'all' }, where);
      return found.tasks.map(({ title }) => title);
    },
    async invites(email, name) {
      await room.act('invite_person', { email, name });
    },
    async endsDigest(email) {
      const to = `skein@${HOME}`;
      const headers = [`References: <org.digest.root@${HOME}>`];
      const raw = aMail({
        from: email,
        to,
        subject: 'Re: Your digest',
        id: `stop-${email.length}`,
        text: 'stop',
        headers,
      });
      await room.send(email, to, raw);
      await room.mails(email, (all) => all.some(({ subject }) => subject.includes('Your digest')));
    },
    async stop() {
      try {
        expectInvitedOnce(await team.get<InBox[]>('/practice/mail'), state.users);
      } finally {
        await team.stop();
      }
    },
  };
  return room;
}

/** A bad mail may have no Message-ID. */
export function isInvitation({ messageId }: Partial<Pick<InBox, 'messageId'>>): boolean {
  return messageId?.includes('.invite_') === true;
}

/** Whatever a journey does: nobody with Slack is invited by mail, and nobody twice into one pod. */
function expectInvitedOnce(mails: readonly InBox[], inSlack: State['users']): void {
  const invitations = mails.filter(isInvitation);
  const ids = invitations.map(({ messageId }) => messageId);
  expect(ids, 'invited twice').to.deep.equal([...new Set(ids)]);
  const emails = inSlack.map(({ email }) => email);
  for (const { to, subject } of invitations) expect(emails, subject).not.to.include.members(to);
}

export function reply(mail: Pick<InBox, 'messageId' | 'references'>): string[] {
  return [`In-Reply-To: ${mail.messageId}`, `References: ${[...mail.references, mail.messageId].join(' ')}`];
}
