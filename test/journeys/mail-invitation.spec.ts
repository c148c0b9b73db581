// Whoever is added to a pod and lives by mail is invited by one mail, which says how to be left alone.
import { expect } from 'chai';
import { ADA, aMailRoom, HOME, type InBox, isInvitation, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@wildgoose.example';
const KIM = 'kim@mill.example';

describe('an invitation by mail', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let orchard: string;
  let n = 0;

  before(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Brandt');
    const purpose = 'Sell the pears before they are ripe';
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', {
      name: 'Orchard',
      purpose,
      agents: ['scribe'],
    });
    orchard = pod.id;
    await room.act('add_member', { who: 'Maja Brandt' }, orchard);
    await room.team.quiet();
  });
  after(() => room.stop());

  const said = ({ text }: InBox) => text.replace(/[\w.+-]*\+re-[0-9a-z]{25}@[\w.-]+/g, '…').trim();
  const replyTo = (mail: InBox) =>
    /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
  const answers = async (from: string, mail: InBox, text: string) => {
    const before = (await room.boxWithoutInvitations(from)).length;
    const headers = reply(mail);
    await room.send(
      from,
      replyTo(mail),
      aMail({ from, to: replyTo(mail), id: `i-${++n}`, subject: `Re: ${mail.subject}`, text, headers }),
    );
    await room.team.quiet();
    return (await room.boxWithoutInvitations(from)).slice(before);
  };
  const members = async (pod: string) =>
    (await room.act<{ members: { name: string }[] }>('read_pod', {}, pod)).members.map(({ name }) => name);

  it('says by whom, what for, who is there, what to try and how to be left alone; once, also over a restart', async () => {
    const [mail, ...more] = await room.invitations(MAJA);
    expect(more).to.deep.equal([]);
    expect(mail?.subject).to.equal('Ada Lindqvist has added you to Orchard');
    expect(mail && said(mail)).to.equal(
      [
        'Ada Lindqvist has added you to Orchard, a shared workspace of people and agents. You can read all of it from now on, and take part by mail.',
        '',
        'What it is for: Sell the pears before they are ripe',
        '',
        'Who is there: Scribe, Ada Lindqvist',
        '',
        'Three lines to try, as a reply to this mail:',
        '',
        '- tasks lists what is to do; help lists what else you can ask for',
        '- history since last week tells what was done',
        '- “Which boxes do we order?”, or any other words: people and agents read them, and the answer comes by mail',
        '',
        `You can write to orchard@${HOME} at any time.`,
        '',
        'To be left alone, reply leave (or stop): you are out of Orchard then, and get no more mail from it.',
        '',
        '-- ',
        'Skein · in Orchard',
      ].join('\n'),
    );
    await room.team.restart();
    await room.act('remove_member', { who: 'Maja Brandt' }, orchard);
    await room.act('add_member', { who: 'Maja Brandt' }, orchard);
    await room.team.quiet();
    expect(await room.invitations(MAJA)).to.have.length(1);
    expect(await room.boxWithoutInvitations(MAJA)).to.deep.equal([]);
  });

  it('is answered: with a line to try, with words for the pod, or with “leave”', async () => {
    const [mail] = (await room.invitations(MAJA)) as [InBox];
    expect((await answers(MAJA, mail, 'tasks')).map(said).join()).to.contain('All tasks are done in Orchard.');
    await answers(MAJA, mail, 'Which boxes do we order?');
    expect(await room.tasks(orchard)).to.have.length(1);
    const [left] = await answers(MAJA, mail, 'Stop.');
    expect(left && said(left)).to.match(/^You are out of Orchard, and get no more mail from it\./);
    expect(await members(orchard)).not.to.include('Maja Brandt');
    // Another's invitation moves nobody.
    await room.act('add_member', { who: 'Ben Okafor' }, orchard);
    await answers('ben@wildgoose.example', mail, 'stop');
    expect(await members(orchard)).to.include('Ben Okafor');
  });

  it('goes to whoever is admitted, and to nobody with Slack', async () => {
    const before = (await room.boxWithoutInvitations(ADA)).length;
    const to = `orchard@${HOME}`;
    await room.send(
      ADA,
      to,
      aMail({ from: ADA, to, subject: 'The mill', id: 'mill', text: 'Kim from the mill joins us.' }),
    );
    const [first] = await room.mails(ADA, (all) => all.length > before);
    await answers(ADA, first as InBox, `admit ${KIM}`);
    await room.team.quiet();
    const [invited] = await room.invitations(KIM);
    expect(invited?.subject).to.equal('Ada Lindqvist has added you to Orchard');
    expect(invited && said(invited)).to.contain('Who is there: Scribe, Ada Lindqvist, Ben Okafor');
    expect(await room.invitations('ben@wildgoose.example')).to.deep.equal([]);
  });

  it('is counted over all ways into a pod: one for each pod to whoever lives by mail, by one word of a person', async () => {
    const NOOR = 'noor@mill.example';
    await room.invites(NOOR, 'Noor Haddad');
    const members = ['Noor Haddad', 'Ben Okafor'];
    const made = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Cellar', members, agents: ['scribe'] });
    await room.act('add_member', { who: 'Noor Haddad' }, orchard);
    await room.act('change_role', { who: 'Noor Haddad', role: 'owner' }, orchard);
    await room.act('add_member', { who: 'Scout' }, orchard);
    // By a channel, a mail thread and a reply: the first has people with Slack, the second its mails.
    await room.act('add_member', { who: 'Noor Haddad' });
    const to = `scribe@${HOME}, ${ADA}, ${NOOR}`;
    const mail = aMail({ from: ADA, to, subject: 'Two of us', id: 'two', text: 'Which tasks are open?' });
    await room.send(ADA, `scribe@${HOME}`, mail);
    await room.team.quiet();
    const invited = await room.invitations(NOOR);
    expect(invited.map(({ subject }) => subject).sort()).to.deep.equal([
      'Ada Lindqvist has added you to Cellar',
      'Ada Lindqvist has added you to Orchard',
      'Ada Lindqvist has added you to launch',
    ]);
    expect(invited.find(({ subject }) => subject.endsWith('Cellar'))?.text).to.contain(`write to cellar@${HOME}`);
    expect(await room.act('read_pod', {}, made.pod.id))
      .to.have.property('members')
      .with.length(4);
    expect((await room.team.get<InBox[]>('/practice/mail')).filter(isInvitation)).to.have.length(5);
  });
});
