import { expect } from 'chai';
import { composeMail, type Outgoing } from '../../../src/email/render/compose-mail.ts';
import { slackLinks } from '../../../src/outbox/link.ts';
import { digestToMail } from '../../../src/outbox/mail/digest-mail.ts';
import type { Worded } from '../../../src/outbox/wordings.ts';
import type { PersonDoc } from '../../../src/pods/people/person.ts';
import { texts } from '../../texts/words.ts';
import { REPLIES } from '../mail/replies.ts';

const person: PersonDoc = {
  ...{ id: 'person:eva', rev: 1, pod: 'org', seq: 1, name: 'Eva Stein', handle: 'eva', role: 'member', state: 'in' },
  ...{ accounts: ['mail:eva@partner.example'], names: ['eva'], since: 0 },
};
const worded: Worded = {
  key: 'org:7:0',
  person,
  asked: false,
  time: '09:00',
  facts: {
    ...{ person: { name: 'Eva Stein', timeZone: 'UTC' }, podIds: [], today: '2026-11-21' },
    ...{ tasks: [], mentions: [], quarantined: [], pods: [] },
  },
  sections: [
    {
      title: 'Launch',
      url: 'https://slack.example/launch',
      lines: [{ text: 'Ben did [this](https://slack.example/1)' }],
    },
  ],
};

describe('a digest by mail', () => {
  async function sent(one: Worded = worded, url = true): Promise<{ mails: Outgoing[]; keys: string[] }> {
    const mails: Outgoing[] = [];
    const keys: string[] = [];
    await digestToMail(
      {
        texts,
        ...(url ? { unsubscribeUrl: async (id: string) => `https://skein.example/digest/unsubscribe/${id}` } : {}),
        unsubscribeThread: () => 'unsubscribe_eva',
        mail: {
          home: { kind: 'domain', domain: 'pods.example' },
          loop: 'loop-1',
          replies: REPLIES,
          async sendOnce(key, compose, ids) {
            keys.push(key);
            const stamp = {
              messageId: `<${ids.pod}.${ids.thread}.${ids.n}@pods.example>`,
              date: '2026-11-21T09:00:00Z',
            };
            const mail = await compose(stamp);
            if (mail) mails.push(mail);
          },
        },
      },
      one,
    );
    return { mails, keys };
  }

  it('goes to the person’s address as a notice, in text and HTML, with links', async () => {
    const { mails, keys } = await sent();
    const [mail] = mails;
    expect(keys).to.deep.equal(['org:7:0']);
    expect(mail).to.deep.include({
      ...{ kind: 'notice', subject: 'Your digest, Sat 21 Nov', loop: 'loop-1' },
      ...{ from: { name: 'Skein', address: 'skein@pods.example' } },
      ...{ to: [{ name: 'Eva Stein', address: 'eva@partner.example' }] },
    });
    expect(mail?.text).to.contain('Good day Eva.').and.to.contain('Launch\n======');
    for (const face of [mail?.text, mail?.html]) expect(face).to.contain('“at 08:30”').and.to.contain('“stop”');
    expect(mail?.html).to.contain('<a href="https://slack.example/1">this</a>').and.to.contain('Open Launch');
  });

  it('can be ended with one click (RFC 8058), and is the same when it is sent once more', async () => {
    const [first] = (await sent()).mails;
    const [again] = (await sent()).mails;
    expect(again).to.deep.equal(first);
    const { headers, list } = composeMail(first as Outgoing);
    expect(headers).to.deep.include({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', Precedence: 'bulk' });
    expect(JSON.stringify(list)).to.contain('https://skein.example/digest/unsubscribe/person:eva');
  });

  it('can be ended by a mail as well, in the one header there may be; by that alone where nobody reaches its web server', async () => {
    const [both] = (await sent()).mails;
    const [bare] = (await sent(worded, false)).mails;
    const shown = (mail: Outgoing | undefined) => {
      const { headers, list } = composeMail(mail as Outgoing);
      return { list, post: (headers as Record<string, string>)['List-Unsubscribe-Post'] };
    };
    const mailto = 'mailto:skein+re-unsubscribe_eva@pods.test?subject=unsubscribe';
    const url = 'https://skein.example/digest/unsubscribe/person:eva';
    expect(shown(both)).to.deep.equal({ list: { unsubscribe: [[url, mailto]] }, post: 'List-Unsubscribe=One-Click' });
    expect(shown(bare)).to.deep.equal({ list: { unsubscribe: [[mailto]] }, post: undefined });
    for (const face of [bare?.text, bare?.html]) expect(face).to.contain(mailto).and.not.to.contain('/digest/');
    expect(both?.replyTo, 'and a reply that names no mail finds it').to.deep.equal({
      name: 'Skein',
      address: 'skein+re-digest@pods.test',
    });
  });

  it('says so when there is nothing to say and somebody asked, and goes nowhere without an address', async () => {
    const [mail] = (await sent({ ...worded, sections: [], asked: true })).mails;
    expect(mail?.text).to.contain('Nothing is new in your pods');
    expect((await sent({ ...worded, person: { ...person, accounts: [] } })).mails).to.deep.equal([]);
  });
});

describe('links into Slack', () => {
  const links = slackLinks({ teamId: 'T1', teamUrl: 'https://goose.slack.com/' });
  const thread = { placeKey: 'slack:T1:C1:1700000000.000100' };

  it('lead to the channel, the thread and the message in it', () => {
    expect(links.pod({ placeKey: 'slack:T1:C1' })).to.equal('https://goose.slack.com/archives/C1');
    expect(links.conversation(thread)).to.equal('https://goose.slack.com/archives/C1/p1700000000000100');
    expect(links.message({ places: ['mail:x', 'slack:T1:C1:1700000001.000200'] }, thread)).to.equal(
      'https://goose.slack.com/archives/C1/p1700000001000200?thread_ts=1700000000.000100&cid=C1',
    );
    expect(links.message({ places: ['slack:T1:C1:1700000000.000100'] }, thread)).to.equal(links.conversation(thread));
    expect(links.message({ places: [] }, thread)).to.equal(links.conversation(thread));
  });

  it('lead nowhere for what stands elsewhere, and to the channel where the workspace has no address', () => {
    expect(links.pod({ placeKey: '' })).to.equal(undefined);
    expect(links.pod({ placeKey: 'slack:T2:C1' })).to.equal(undefined);
    expect(slackLinks({ teamId: 'T1' }).conversation(thread)).to.equal('https://app.slack.com/client/T1/C1');
  });
});
