import { expect } from 'chai';
import MarkdownIt from 'markdown-it';
import { mailHome } from '../../../../src/email/address.ts';
import type { Outgoing } from '../../../../src/email/render/compose-mail.ts';
import { parseId } from '../../../../src/email/thread.ts';
import { InvalidInput } from '../../../../src/errors.ts';
import { LOG_SPECS } from '../../../../src/log/fold.ts';
import { makeReader } from '../../../../src/log/read.ts';
import { type NoticeDeps, notifyOwners } from '../../../../src/outbox/kinds/quarantine/quarantined-mail.ts';
import { type MailSendingDoc, makeMailOut } from '../../../../src/outbox/mail/mail-out.ts';
import type { SendingDoc } from '../../../../src/outbox/slack/send-once.ts';
import type { Delivery } from '../../../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../../../src/pods/kinds.ts';
import type { Sender } from '../../../../src/slack/send/send.ts';
import { heardBy } from '../../../logs.ts';
import { aWorld, refusal } from '../../../pods/build.ts';
import { memoryStore } from '../../../store/memory.ts';
import { texts } from '../../../texts/words.ts';
import { REPLIES } from '../../mail/replies.ts';

type Held = Extract<Delivery, { kind: 'held' }>;
type Posted = Parameters<Sender['post']>[0];

describe('the word about a mail in quarantine', () => {
  async function aDesk() {
    const store = memoryStore([...LOG_SPECS, ...VIEW_SPECS, { name: 'sending', kind: 'journal', indexes: [] }]);
    const world = await aWorld({ store });
    const input = { email: 'maja@x.example', name: 'Maja' };
    await world.does(world.ada, 'invite_person', input);
    await world.does(world.ada, 'add_member', { who: 'Maja', role: 'owner' });
    const mails: Outgoing[] = [];
    const posts: Posted[] = [];
    const lines: string[] = [];
    const clock = () => world.clock.now;
    const sender = {
      async send(mail: Outgoing) {
        mails.push(mail);
        return { rejected: [], later: [] };
      },
    };
    const sending = store.collection<MailSendingDoc>('sending');
    const mail = makeMailOut({
      home: mailHome({ domain: 'pods.test' }),
      loop: 'l',
      replies: REPLIES,
      sender,
      sending,
      clock,
    });
    const slack = {
      openDm: async (user: string) => `D-${user}`,
      async post(post: Posted) {
        posts.push(post);
        return { all: [] };
      },
    };
    const deps: NoticeDeps = {
      ...{
        act: world.act,
        read: makeReader(store),
        texts,
        clock,
        mail,
        logger: heardBy((phrase) => lines.push(phrase)),
      },
      sending: store.collection<SendingDoc>('sending'),
      slack: { sender: slack as unknown as Sender, team: 'T1' },
    };
    const about = { from: 'Mallory <m@evil.test>', subject: 'Pay', excerpt: 'Now\nor never', reason: 'Not proved.' };
    const { held } = await world.does('skein', 'hold_mail', { ...about, raw: 'a' });
    const delivery = world.delivered.find((one) => one.kind === 'held') as Held;
    return { world, deps, held, delivery, mails, posts, lines };
  }

  it('goes to each owner where they are: in Slack with two buttons, else by mail', async () => {
    const { world, deps, held, delivery, mails, posts } = await aDesk();
    await notifyOwners(deps, delivery);
    expect(posts.map(({ channel }) => channel)).to.deep.equal(['D-ada']);
    const shown = JSON.stringify(posts[0]?.posts);
    expect(shown).to.contain('mail.accept').and.to.contain('mail.reject').and.to.contain(`${world.pod}/${held.id}`);
    expect(mails.map(({ to }) => to[0]?.address)).to.deep.equal(['maja@x.example']);
    expect(mails[0]).to.deep.include({ kind: 'notice', subject: 'A mail to Launch needs your decision' });
    expect(mails[0]?.text).to.contain('Not proved.').and.to.contain('> Now or never');
    expect(parseId(mails[0]?.messageId ?? '', 'pods.test')).to.include({ pod: world.pod, thread: held.id });
    expect(mails[0], 'it answers no mail that she has').not.to.have.any.keys('inReplyTo', 'references');
    expect(mails[0]?.replyTo?.address).to.equal(`skein+re-${held.id}@pods.test`);
  });

  it('says how many wait with it', async () => {
    const { world, deps, delivery, mails, posts } = await aDesk();
    const about = { from: 'x', subject: 's', excerpt: '', reason: 'Not proved.' };
    for (const raw of ['b', 'c']) await world.does('skein', 'hold_mail', { ...about, raw });
    await notifyOwners(deps, delivery);
    expect(mails[0]?.text).to.contain('3 mails are waiting in total');
    expect(JSON.stringify(posts[0]?.posts)).to.contain('3 mails are waiting in total');
  });

  it('is for one owner alone where only they are to hear it, and another mail than the first about it', async () => {
    const { world, deps, delivery, mails, posts } = await aDesk();
    await notifyOwners(deps, delivery);
    const maja = (await world.does(world.ada, 'read_pod', {})).members.find(
      ({ name }: { name: string }) => name === 'Maja',
    );
    await notifyOwners(deps, { ...delivery, id: `${world.pod}:99:0`, to: maja.id });
    expect(posts).to.have.length(1);
    expect(mails).to.have.length(2);
    expect(mails[1]?.messageId).not.to.equal(mails[0]?.messageId);
    expect(parseId(mails[1]?.messageId ?? '', 'pods.test')).to.include({ thread: delivery.mail });
  });

  it('counts among the messages of the owner’s day, and waits for the digest once they had as many as they get', async () => {
    const { world, deps, delivery, posts, mails } = await aDesk();
    await world.does(world.ada, 'set_hours', { most: 2 });
    const word = (n: number) => notifyOwners(deps, { ...delivery, id: `${world.pod}:9${n}:0` });
    for (let n = 0; n < 2; n++) await word(n);
    await word(1);
    expect(posts, 'and again after a crash').to.have.length(3);
    await word(2);
    expect([posts.length, mails.length], 'Maja gets four').to.deep.equal([3, 3]);
    await world.does(world.ada, 'set_digest', { state: 'off' });
    await word(3);
    expect(posts, 'she has no digest that would say so').to.have.length(4);
    await notifyOwners(deps, { ...delivery, id: `${world.pod}:99:0`, to: world.ada });
    expect(posts, 'the next one, for whoever has decided').to.have.length(5);
  });

  it('is looked up in Slack before it goes again, and not mailed again', async () => {
    const { deps, delivery, mails, posts } = await aDesk();
    await notifyOwners(deps, delivery);
    await notifyOwners(deps, delivery);
    expect(posts.map(({ resend }) => resend)).to.deep.equal([false, true]);
    expect(mails).to.have.length(1);
  });

  it('is not said once the mail is settled', async () => {
    const { world, deps, held, delivery, mails, posts } = await aDesk();
    await world.does(world.ada, 'reject_mail', { mail: held.id });
    await notifyOwners(deps, delivery);
    expect([...mails, ...posts]).to.deep.equal([]);
  });

  it('makes no link and no tag of what a stranger wrote', async () => {
    const { world, deps, mails } = await aDesk();
    world.clock.now += 3_600_000;
    const excerpt = '`x` *y* https://evil.test/b or evil.test/c, www.evil.test';
    const about = { from: '<b>Skein</b> <m@evil.test>', subject: '[Sign in](https://evil.test/a)', excerpt };
    await world.does('skein', 'hold_mail', { ...about, reason: 'Not proved.', raw: 'b' });
    await notifyOwners(deps, world.delivered.filter((one) => one.kind === 'held').at(-1) as Held);
    expect(mails[0]?.html).not.to.contain('>Sign in</a>').and.not.to.contain('<b>Skein');
    const bare = (text = '') => text.replaceAll('\u2060', '');
    expect(bare(mails[0]?.text)).to.contain('(Sign in)').and.to.contain('m@evil.test').and.to.contain('www.evil.test');
    for (const face of [mails[0]?.text ?? '', mails[0]?.html ?? '']) {
      expect(face).not.to.match(/https?:\/\/evil|evil\.test|href="[^"]*evil/);
      expect(new MarkdownIt().linkify.match(face) ?? [], 'no address that a mail program would find').to.deep.equal([]);
    }
  });

  it('reaches the others where one owner can’t be reached', async () => {
    const { deps, delivery, mails } = await aDesk();
    const slack = {
      team: 'T1',
      sender: {
        async openDm() {
          throw new InvalidInput('This account is closed.');
        },
      } as unknown as Sender,
    };
    expect((await refusal(notifyOwners({ ...deps, slack }, delivery))).message).to.equal('This account is closed.');
    expect(mails).to.have.length(1);
  });

  it('is on record where an owner can be reached by nothing', async () => {
    const { deps, delivery, lines } = await aDesk();
    const { mail: _mail, ...without } = deps;
    await notifyOwners(without, delivery);
    expect(lines).to.deep.equal(['owner not notified of a quarantined mail']);
  });
});
