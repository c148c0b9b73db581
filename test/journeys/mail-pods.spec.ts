// Pods as mail people see them: by mail alone, mixed with Slack, and an agent's own address.
import { expect } from 'chai';
import { ADA, aMailRoom, BEN, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail, forwarding } from './mails.ts';

const MAJA = 'maja@orchard.example';
const by = (name: string) => (mail: InBox) => mail.from.startsWith(`"${name} (`) || mail.from.startsWith(`${name} (`);
const isAck = ({ text }: InBox) => text.includes('I have taken this on');

describe('people who have mail and no Slack', () => {
  let room: MailRoom;
  beforeEach(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Holm');
  });
  afterEach(() => room.stop());

  it('work with agents in a pod that lives by mail alone', async () => {
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: ['scribe'] });
    await room.act('add_member', { who: 'Maja Holm' }, pod.id);
    await room.team.quiet();
    const to = `orchard@${HOME}`;
    await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Apples', text: 'Which tasks are open here?' }));
    const [answer] = await room.mails(MAJA, (all) => all.some(isAck) && all.length === 1);
    expect(answer?.from).to.contain(`orchard+scribe@${HOME}`);
    expect(answer?.text).to.contain('Apples').and.to.contain('#1 is in progress');
    expect(answer?.references.at(-1), 'one thread').to.equal('<mail-1@wildgoose.example>');
    const again = aMail({
      from: MAJA,
      to: `orchard+scribe@${HOME}`,
      subject: 'Re: Apples',
      id: 'm-2',
      text: 'reopen\n\nSay more about pears.',
      headers: answer ? reply(answer) : [],
    });
    await room.send(MAJA, `orchard+scribe@${HOME}`, again);
    const isAnswer = ({ text }: InBox) => text.includes('about "pears"');
    const all = await room.mails(MAJA, (mails) => mails.some(isAnswer));
    expect(all.find(isAnswer)?.references[0]).to.equal(answer?.references[0]);
    await room.team.quiet();
    expect(await room.tasks(pod.id)).to.deep.equal(['Apples']);
    const { tasks } = await room.act<{ tasks: { state: string }[] }>('list_tasks', { state: 'all' }, pod.id);
    // Scribe, whose task it is, has begun it again.
    expect(tasks.map(({ state }) => state)).to.deep.equal(['started']);
    const got = await room.boxWithoutInvitations(MAJA);
    expect(got.filter(isAnswer)).to.have.length(1);
    expect(got, 'one mail, one answer').to.have.length(2);
  });

  it('are stopped for by mail as well', async () => {
    await room.act('add_member', { who: 'Maja Holm' });
    const to = room.launch.mail;
    await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Rye', text: 'Which tasks are open here?' }));
    const all = await room.mails(MAJA, (mails) => mails.length === 1);
    const headers = all[0] ? reply(all[0]) : [];
    await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Re: Rye', id: 'm-2', text: 'stop', headers }));
    const [, stopped] = await room.mails(MAJA, (mails) => mails.length === 2);
    expect(stopped?.text).to.match(/Okay, I stopped|not working on anything/);
  });

  it('hear what Slack people say in their thread, whom the mail tells nothing twice; agents are heard by both', async () => {
    const { launch, team } = room;
    await room.act('add_member', { who: 'Maja Holm' });
    const raw = aMail({ from: MAJA, to: launch.mail, subject: 'Rye flour', text: 'Hold this for me.' });
    await room.send(MAJA, launch.mail, raw);
    await room.mails(MAJA, (all) => all.length === 1);
    const [root] = (await team.messages(launch.channel)).filter(({ text }) => text.includes('Rye flour'));
    const thread = root?.ts ?? '';
    // Ada follows by mail, and in Slack anyway.
    const [ack] = (await room.boxWithoutInvitations(MAJA)).filter(isAck);
    const headers = ack ? reply(ack) : [];
    const ada = aMail({
      from: ADA,
      to: launch.mail,
      subject: 'Re: Rye flour',
      id: 'a-1',
      text: 'I will ask.',
      headers,
    });
    await room.send(ADA, launch.mail, ada);
    // What names her not waits ten minutes. An agent's answer brings it sooner, and quotes the words that it answers.
    const says = async (line: string) => {
      await team.quiet();
      await team.post('/practice/clock', { advance: 600 });
      const heard = await room.mails(MAJA, (all) => all.some(({ text }) => text.split('\n').includes(line)));
      return heard.filter(({ text }) => text.split('\n').includes(line));
    };
    expect(await says('I will ask.')).to.have.length(1);
    await team.say('ben', launch.channel, 'The mill is closed on Mondays.', thread);
    const his = await says('The mill is closed on Mondays.');
    expect(his).to.have.length(1);
    expect(his[0]?.text.includes('Ben Okafor wrote:') || his.some(by('Ben Okafor'))).to.equal(true);
    expect(his[0]?.references[0]).to.equal(ack?.references[0]);
    await team.quiet();
    expect((await room.boxWithoutInvitations(ADA)).filter(by('Ben Okafor')), 'Ada reads it in Slack').to.deep.equal([]);
    await team.say('ben', launch.channel, '@scribe which tasks are open here?', thread);
    await team.until(launch.channel, thread, (seen) => seen.some(({ username }) => username === 'Scribe'));
    await room.mails(MAJA, (all) => all.some(by('Scribe')));
    await room.mails(ADA, (all) => all.some(by('Scribe')));
    await team.quiet();
    expect((await room.boxWithoutInvitations(MAJA)).filter(by('Scribe'))).to.have.length(1);
  });

  it('get a colleague’s reply once: those whom it was sent to directly have it already', async () => {
    const { launch } = room;
    await room.act('add_member', { who: 'Maja Holm' });
    const first = aMail({ from: ADA, to: launch.mail, subject: 'Rye flour', id: 'a-1', headers: [`Cc: ${MAJA}`] });
    await room.send(ADA, `${launch.mail},${MAJA}`, first);
    await room.mails(ADA, (all) => all.some(isAck));
    await room.team.quiet();
    const fromUs = async () => (await room.boxWithoutInvitations(MAJA)).filter(({ from }) => from.includes(HOME));
    // It names Ada's mail and none of ours.
    const answer = aMail({
      ...{ from: MAJA, to: ADA, subject: 'Re: Rye flour', id: 'm-1', text: 'The old price was 1.10.' },
      headers: [`Cc: ${launch.mail}`, 'In-Reply-To: <a-1@wildgoose.example>'],
    });
    await room.send(MAJA, `${ADA},${launch.mail}`, answer);
    await room.team.quiet();
    expect(await room.tasks()).to.include('Rye flour');
    expect((await room.tasks()).filter((title) => title === 'Rye flour')).to.have.length(1);
    expect((await room.boxWithoutInvitations(ADA)).filter(by('Maja Holm')), 'a second copy').to.deep.equal([]);
    const back = aMail({
      ...{ from: ADA, to: MAJA, subject: 'Re: Rye flour', id: 'a-2', text: 'Thank you.' },
      headers: [`Cc: ${launch.mail}`, 'In-Reply-To: <m-1@wildgoose.example>'],
    });
    await room.send(ADA, `${MAJA},${launch.mail}`, back);
    await room.team.quiet();
    expect((await fromUs()).filter(by('Ada Lindqvist')), 'a second copy').to.deep.equal([]);
  });

  it('are one person with whoever has their verified address in Slack', async () => {
    const refused = await room.act('invite_person', { email: BEN, name: 'Benjamin' }).catch((error: Error) => error);
    expect(String(refused)).to.contain('Ben Okafor is known by that address already');
  });

  it('write to an agent’s own address: that is a pod of their own, which nobody else sees', async () => {
    const to = `scribe@${HOME}`;
    await room.send(ADA, to, aMail({ from: ADA, to, subject: 'A secret', text: 'Which tasks are open?' }));
    const [answer] = await room.mails(ADA, (all) => all.length === 1);
    expect(answer?.from).to.contain(to);
    expect(answer?.subject).to.equal('Re: A secret');
    const more = { from: ADA, to, subject: 'Re: A secret', id: 'a-2', text: 'And which are done?' };
    await room.send(ADA, to, aMail({ ...more, headers: answer ? reply(answer) : [] }));
    const [, second] = await room.mails(ADA, (all) => all.length === 2);
    expect(second?.references[0]).to.equal(answer?.references[0]);
    await room.team.quiet();
    expect(
      (await room.team.messages(room.launch.channel)).filter(({ text }) => text.includes('A secret')),
    ).to.deep.equal([]);
    expect(await room.boxWithoutInvitations(ADA)).to.have.length(2);
  });

  it('own pods: they say by mail what becomes of a mail in quarantine', async () => {
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: ['scribe'] });
    await room.act('add_member', { who: 'Maja Holm', role: 'owner' }, pod.id);
    await room.team.quiet();
    const to = `orchard@${HOME}`;
    const stranger = 'carl@stranger.example';
    await room.send(stranger, to, aMail({ from: stranger, to, subject: 'Apples for sale', id: 'c-1' }));
    const [notice] = await room.mails(MAJA, (all) => all.length === 1);
    expect(notice?.text).to.contain('nobody whom this organisation knows').and.to.contain('Apples for sale');
    expect(notice?.raw)
      .to.match(/^Auto-Submitted: auto-generated/m)
      .and.not.to.match(/^(Precedence|List-)/m);
    const headers = notice ? reply(notice) : [];
    const accept = { from: MAJA, to: notice?.from ?? '', subject: 'Re: A mail', id: 'm-1', text: 'accept', headers };
    const ours = /<([^>]+)>/.exec(notice?.from ?? '')?.[1] ?? '';
    await room.send(MAJA, ours, aMail(accept));
    await room.mails(MAJA, (all) => all.some(({ text }) => text.includes('It is a task now.')));
    await room.team.quiet();
    expect(await room.tasks(pod.id)).to.deep.equal(['Apples for sale']);
    const all = await room.act<{ conversations: { id: string; title: string }[] }>(
      'read_conversation',
      { conversation: 'all' },
      pod.id,
    );
    const conversation = all.conversations.find(({ title }) => title === 'Apples for sale')?.id;
    const { messages } = await room.act<{ messages: { text: string }[] }>(
      'read_conversation',
      { conversation },
      pod.id,
    );
    expect(messages[0]?.text).to.contain('By mail, let in from quarantine: task #1');
    expect(await room.boxWithoutInvitations(stranger), 'its sender hears nothing').to.deep.equal([]);
    expect((await room.boxWithoutInvitations(MAJA)).filter(isAck), 'nor is its owner thanked').to.deep.equal([]);
  });
});

describe('one mail to several pods', () => {
  let room: MailRoom;
  before(async () => {
    room = await aMailRoom();
  });
  after(() => room.stop());

  it('becomes a task in each, once, though one of them is archived', async () => {
    const names = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elder'];
    const pods: string[] = [];
    for (const name of names)
      pods.push((await room.act<{ pod: { id: string } }>('create_pod', { name, agents: ['scribe'] })).pod.id);
    await room.act('archive_pod', {}, pods[0]);
    await room.team.quiet();
    const to = names.map((name) => `${name.toLowerCase()}@${HOME}`).join(', ');
    const raw = forwarding({ from: ADA, to, subject: 'Fwd: Rye flour', above: 'For all of you.' });
    await Promise.all([room.send(ADA, to, raw), room.send(ADA, to, raw)]);
    await room.mails(ADA, (all) => all.filter(isAck).length === 4);
    await room.team.quiet();
    const found = await Promise.all(pods.map((pod) => room.tasks(pod)));
    expect(found).to.deep.equal([[], ['Rye flour'], ['Rye flour'], ['Rye flour'], ['Rye flour']]);
    const told = (await room.boxWithoutInvitations(ADA)).filter(({ text }) =>
      text.includes('Nothing was done in Alder'),
    );
    expect(told.map(({ text }) => text)).to.have.length(1);
    expect(told[0]?.text).to.contain('archived');
  });
});
