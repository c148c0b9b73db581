// The second main job: a mail becomes a task, and the pod's people and agents go on with it in Slack and by mail.
import { expect } from 'chai';
import { skein } from '../../src/cli/skein.ts';
import { ADA, aMailRoom, BEN, type MailRoom, reply } from './mailroom.ts';
import { aMail, forwarding } from './mails.ts';
import type { Team } from './team.ts';

describe('a mail to a pod', () => {
  let room: MailRoom;
  let team: Team;
  let pod: string;
  let channel: string;

  beforeEach(async () => {
    room = await aMailRoom();
    team = room.team;
    pod = room.launch.mail;
    channel = room.launch.channel;
  });
  afterEach(() => room.stop());

  const posts = async () =>
    (await team.messages(channel)).filter(
      ({ username, text }) => username.endsWith('(through Skein)') && text.includes('Rye flour'),
    );

  it('has an address that everybody in it can see', async () => {
    expect(pod).to.match(/^[a-z0-9-]+@pods\.wildgoose\.example$/);
    for (const person of ['ada', 'ben', 'chiara', 'dev'])
      expect(await team.command(person, channel, '/skein pods'), person).to.contain(pod);
  });

  it('becomes a task with the forwarded mail as its source, once, though it is delivered three times', async () => {
    const raw = forwarding({ from: ADA, to: pod, subject: 'Fwd: Rye flour', above: 'Please sum this up for us.' });
    await Promise.all([1, 2, 3].map(() => room.send(ADA, pod, raw)));
    const [ack] = await room.mails(ADA, (all) => all.length >= 1);
    expect(ack?.subject).to.equal('Re: Rye flour');
    expect(ack?.text).to.contain('I have taken this on: Rye flour');
    expect(ack?.text).to.match(/See it in the pod: https:\/\//);
    expect(ack?.autoSubmitted).to.match(/^auto-replied/);
    expect(ack?.inReplyTo).to.equal('<fwd-1@wildgoose.example>');
    await team.quiet();
    const shown = await posts();
    expect(shown.map(({ username }) => username)).to.deep.equal(['Ada Lindqvist (through Skein)']);
    const drawn = JSON.stringify(shown[0]?.blocks);
    expect(drawn).to.contain('"type":"rich_text_quote"').and.to.contain('rye flour costs 1.30 a kilo');
    const acks = (await room.boxWithoutInvitations(ADA)).filter(({ text }) => text.includes('I have taken this on'));
    expect(acks.length).to.equal(1);
    expect(await room.boxWithoutInvitations(ADA), 'the answer came with it').to.have.length(1);
    expect(ack?.text).to.contain('"Rye flour": 1 message from Ada Lindqvist');
    expect((await room.tasks()).filter((title) => title.includes('Rye flour'))).to.have.length(1);
  });

  it('is answered in its thread: the reply reaches the agent, and its first lines change the task', async () => {
    await room.send(
      ADA,
      pod,
      forwarding({ from: ADA, to: pod, subject: 'Fwd: Rye flour', above: 'Please look into this.' }),
    );
    const [ack] = await room.mails(ADA, (all) => all.length >= 1);
    await team.quiet();
    const says = (id: string, text: string) =>
      aMail({
        from: ADA,
        to: pod,
        subject: 'Re: Rye flour',
        id,
        headers: ack ? reply(ack) : [],
        text: `${text}\r\n\r\nOn Sat, Nov 21, 2026 at 9:00 AM Pilot <pilot@x.example> wrote:\r\n> I have taken this on`,
      });
    await room.send(ADA, pod, says('r-1', 'Which tasks are open here?'));
    // Another mail about the forward may still come in between: it waits for the post that its link leads to.
    const toReply = (mail: { references: readonly string[] }) => mail.references.includes('<r-1@wildgoose.example>');
    const answered = await room.mails(ADA, (all) => all.some(toReply));
    expect(answered.filter(toReply)).to.have.length(1);
    await room.send(ADA, pod, says('r-2', 'assign to Ben\r\ndone: the price stands'));
    await team.quiet();
    const { tasks } = await room.act<{ tasks: { title: string; state: string; assigneeName: string }[] }>(
      'list_tasks',
      {
        state: 'done',
      },
    );
    expect(tasks.find(({ title }) => title === 'Rye flour')).to.include({ state: 'done', assigneeName: 'Ben Okafor' });
    await room.send(ADA, pod, says('r-3', 'assign to Nobody Here'));
    const isRefusal = ({ text }: { text: string }) => text.includes('None of the commands');
    const refused = (await room.mails(ADA, (all) => all.some(isRefusal))).filter(isRefusal);
    expect(refused).to.have.length(1);
    expect(refused[0]?.text).to.contain('Nobody in this pod goes by “Nobody Here”');
  });

  it('goes on where a reply names no mail, by the address alone, as old mail programs answer', async () => {
    await room.send(ADA, pod, forwarding({ from: ADA, to: pod, subject: 'Fwd: Rye flour', above: 'Please look.' }));
    const [ack] = await room.mails(ADA, (all) => all.length >= 1);
    const [, replyTo = ''] = /^Reply-To:[^\n]*<([^<>]+)>/im.exec(ack?.raw.replace(/\r?\n[ \t]+/g, ' ') ?? '') ?? [];
    expect(replyTo).to.match(/^[a-z0-9-]+\+re-[0-9a-z]{25}@pods\.wildgoose\.example$/);
    const bare = aMail({
      from: ADA,
      to: replyTo,
      subject: 'Re: Rye flour',
      id: 'b-1',
      text: 'Which tasks are open here?',
    });
    await room.send(ADA, replyTo, bare);
    const all = await room.mails(ADA, (mails) => mails.length === 2);
    expect(all[1]?.references[0]).to.equal(ack?.references[0]);
    expect((await room.tasks()).filter((title) => title === 'Rye flour')).to.have.length(1);
    await room.send(
      'mallory@evil.example',
      replyTo,
      aMail({ from: ADA, to: replyTo, subject: 'Re: Rye flour', id: 'e-1' }),
    );
    await team.quiet();
    expect((await room.held()).map(({ reason }) => reason).join()).to.contain('DMARC failed');
  });

  it('moves nothing when nobody proves who sent it: an owner is shown it, and accepts or rejects', async () => {
    const raw = aMail({ from: ADA, to: pod, subject: 'Pay this now', text: 'Send 900 to this account.' });
    await room.send('mallory@evil.example', pod, raw);
    await room.send(ADA, pod, raw, 'fail');
    await team.quiet();
    expect(await team.command('ada', channel, '/skein tasks')).not.to.contain('Pay this now');
    expect(await room.boxWithoutInvitations(ADA)).to.deep.equal([]);
    const { mails: held } = await room.act<{ mails: { id: string; subject: string; reason: string }[] }>(
      'list_held_mails',
    );
    expect(held.map(({ subject }) => subject)).to.deep.equal(['Pay this now', 'Pay this now']);
    const dm = await team.messages('app', undefined, 'ada');
    const notice = dm.find(({ text }) => text.includes('needs your decision'));
    expect(notice?.text).to.contain('DMARC failed');
    await team.post('/practice/click', { as: 'ada', channel: 'app', ts: notice?.ts, actionId: 'mail.accept' });
    await team.quiet();
    const { tasks } = await room.act<{ tasks: { title: string }[] }>('list_tasks');
    expect(tasks.map(({ title }) => title)).to.include('Pay this now');
    const told = (await team.messages(channel)).find(({ text }) => text.includes('Pay this now'))?.text;
    expect(told).to.contain('By mail, let in without proof of its sender: task #');
    const [rest] = (await room.act<{ mails: { id: string }[] }>('list_held_mails')).mails;
    await room.act('reject_mail', { mail: rest?.id });
    expect((await room.act<{ mails: object[] }>('list_held_mails')).mails).to.deep.equal([]);
  });

  it('starts nothing when a machine wrote it', async () => {
    const away = aMail({
      from: BEN,
      to: pod,
      subject: 'Out of office: Re: Rye',
      headers: ['Auto-Submitted: auto-replied'],
    });
    await room.send(BEN, pod, away);
    await team.quiet();
    expect((await room.act<{ mails: object[] }>('list_held_mails')).mails).to.deep.equal([]);
    expect(await room.boxWithoutInvitations(BEN)).to.deep.equal([]);
    expect((await posts()).length).to.equal(0);
    let out = '';
    const io = { env: { SKEIN_DATA_DIR: team.dir }, home: team.dir, err: () => {}, stdin: async () => '' };
    const shows = (text: string) => {
      out += text;
    };
    expect(await skein({ ...io, out: shows }, ['inbox', '--ignored'])).to.equal(0);
    expect(out).to.contain('Out of office: Re: Rye').and.to.contain('Auto-Submitted: auto-replied');
  });

  it('reaches the agent whose address it names, and tells members in copy, strangers never', async () => {
    const [name = '', domain = ''] = pod.split('@');
    const to = `${name}+scout@${domain}`;
    const raw = aMail({ from: ADA, to, subject: 'Find a mill', headers: [`Cc: ${BEN}, carl@stranger.example`] });
    await room.send(ADA, `${to},${BEN},carl@stranger.example`, raw);
    const all = await room.mails(BEN, (mine) => mine.some(({ from }) => from.includes('Scout')));
    expect(all.find(({ from }) => from.includes('Scout'))?.from).to.contain(to);
    const strangers = await room.boxWithoutInvitations('carl@stranger.example');
    expect(strangers.filter(({ from }) => from.includes(domain))).to.deep.equal([]);
    const { members } = await room.act<{ members: { name: string }[] }>('read_pod');
    expect(members.map((one) => one.name)).not.to.include('carl@stranger.example');
  });
});
