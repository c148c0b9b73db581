// The second main job: a mail becomes a task, and the pod's people and agents go on with it in Slack and by mail.
import { expect } from 'chai';
import { aMail, forwarding } from './mails.ts';
import { aTeam, type Team } from './team.ts';

interface State {
  users: { id: string; name: string; email: string }[];
  channels: { id: string; name: string; mail?: string }[];
  agents: { handle: string; mail?: string }[];
}

interface InBox {
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

const ADA = 'ada@wildgoose.example';
const BEN = 'ben@wildgoose.example';

describe('a mail to a pod', function () {
  this.timeout(60_000);
  let team: Team;
  let pod: string;
  let channel: string;

  beforeEach(async () => {
    team = await aTeam();
    const state = await team.get<State>('/practice/state');
    const launch = state.channels.find(({ mail }) => mail);
    pod = launch?.mail ?? '';
    channel = launch?.id ?? '';
  });
  afterEach(() => team.stop());

  const box = (to: string) => team.get<InBox[]>(`/practice/mail?to=${encodeURIComponent(to)}`);
  async function send(from: string, to: string, raw: string, auth = 'pass'): Promise<void> {
    const query = new URLSearchParams({ from, to, auth });
    const response = await fetch(`${team.url}/practice/mail?${query}`, { method: 'POST', body: raw });
    expect(response.status, await response.clone().text()).to.equal(200);
  }
  async function mails(to: string, enough: (all: InBox[]) => boolean): Promise<InBox[]> {
    for (let n = 0; n < 400; n++) {
      const all = await box(to);
      if (enough(all)) return all;
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`not mailed in time: ${JSON.stringify(await box(to))}\n${team.lines.slice(-20).join('\n')}`);
  }
  const posts = async () =>
    (await team.messages(channel)).filter(
      ({ username, text }) => username.endsWith('(through Skein)') && text.includes('Rye flour'),
    );

  it('has an address that everybody can see', () => {
    expect(pod).to.match(/^[a-z0-9-]+@pods\.wildgoose\.example$/);
  });

  it('becomes a task with the forwarded mail as its source, once, though it is delivered three times', async () => {
    const raw = forwarding({ from: ADA, to: pod, subject: 'Fwd: Rye flour', above: 'Please sum this up for us.' });
    await Promise.all([send(ADA, pod, raw), send(ADA, pod, raw), send(ADA, pod, raw)]);
    const [ack] = await mails(ADA, (all) => all.length >= 2);
    expect(ack?.subject).to.equal('Re: Rye flour');
    expect(ack?.text).to.contain('I have taken this on: Rye flour');
    expect(ack?.text).to.match(/See it in the pod: https:\/\//);
    expect(ack?.autoSubmitted).to.match(/^auto-replied/);
    expect(ack?.inReplyTo).to.equal('<fwd-1@wildgoose.example>');
    await team.quiet();
    const shown = await posts();
    expect(shown.map(({ username }) => username)).to.deep.equal(['Ada Lindqvist (through Skein)']);
    const acks = (await box(ADA)).filter(({ text }) => text.includes('I have taken this on'));
    expect(acks.length).to.equal(1);
    const tasks = await team.command('ada', channel, '/skein tasks');
    expect(tasks.match(/Rye flour/g)).to.have.length(1);
  });

  it('is answered in its thread: the reply reaches the agent, and its first lines change the task', async () => {
    await send(
      ADA,
      pod,
      forwarding({ from: ADA, to: pod, subject: 'Fwd: Rye flour', above: 'Please look into this.' }),
    );
    const [ack] = await mails(ADA, (all) => all.length >= 2);
    const before = (await box(ADA)).length;
    const reply = (id: string, text: string) =>
      aMail({
        from: ADA,
        to: pod,
        subject: 'Re: Rye flour',
        id,
        headers: [`In-Reply-To: ${ack?.messageId}`, `References: ${ack?.references.join(' ')} ${ack?.messageId}`],
        text: `${text}\r\n\r\nOn Sat, Nov 21, 2026 at 9:00 AM Pilot <pilot@x.example> wrote:\r\n> I have taken this on`,
      });
    await send(ADA, pod, reply('r-1', 'Which tasks are open here?'));
    const answered = await mails(ADA, (all) => all.length > before);
    expect(answered.at(-1)?.references).to.include('<r-1@wildgoose.example>');
    await send(ADA, pod, reply('r-2', 'assign to Ben\r\ndone: the price stands'));
    await team.quiet();
    const { tasks } = await asked<{ tasks: { title: string; state: string; assigneeName: string }[] }>('list_tasks', {
      state: 'done',
    });
    expect(tasks.find(({ title }) => title === 'Rye flour')).to.include({ state: 'done', assigneeName: 'Ben Okafor' });
    await send(ADA, pod, reply('r-3', 'assign to Nobody Here'));
    const told = await mails(ADA, (all) => all.some(({ text }) => text.includes('could not be done')));
    expect(told.at(-1)?.text).to.contain('Nobody in this pod goes by “Nobody Here”');
  });

  it('moves nothing when nobody proves who sent it: an owner is shown it, and accepts or rejects', async () => {
    const raw = aMail({ from: ADA, to: pod, subject: 'Pay this now', text: 'Send 900 to this account.' });
    await send('mallory@evil.example', pod, raw);
    await send(ADA, pod, raw, 'fail');
    await team.quiet();
    expect(await team.command('ada', channel, '/skein tasks')).not.to.contain('Pay this now');
    expect(await box(ADA)).to.deep.equal([]);
    const { mails: held } = await asked<{ mails: { id: string; subject: string; reason: string }[] }>(
      'list_held_mails',
    );
    expect(held.map(({ subject }) => subject)).to.deep.equal(['Pay this now', 'Pay this now']);
    const dm = await team.messages('app', undefined, 'ada');
    const notice = dm.find(({ text }) => text.includes('waits for your word'));
    expect(notice?.text).to.contain('DMARC failed');
    await team.post('/practice/click', { as: 'ada', channel: 'app', ts: notice?.ts, actionId: 'mail.accept' });
    await team.quiet();
    const { tasks } = await asked<{ tasks: { title: string }[] }>('list_tasks');
    expect(tasks.map(({ title }) => title)).to.include('Pay this now');
    const [rest] = (await asked<{ mails: { id: string }[] }>('list_held_mails')).mails;
    await asked('reject_mail', { mail: rest?.id });
    expect((await asked<{ mails: object[] }>('list_held_mails')).mails).to.deep.equal([]);
  });

  it('starts nothing when a machine wrote it', async () => {
    const away = aMail({
      from: BEN,
      to: pod,
      subject: 'Out of office: Re: Rye',
      headers: ['Auto-Submitted: auto-replied'],
    });
    await send(BEN, pod, away);
    await team.quiet();
    expect((await asked<{ mails: object[] }>('list_held_mails')).mails).to.deep.equal([]);
    expect(await box(BEN)).to.deep.equal([]);
    expect((await posts()).length).to.equal(0);
  });

  it('reaches the agent whose address it names, and tells members in copy, strangers never', async () => {
    const [name = '', domain = ''] = pod.split('@');
    const to = `${name}+scout@${domain}`;
    const raw = aMail({ from: ADA, to, subject: 'Find a mill', headers: [`Cc: ${BEN}, carl@stranger.example`] });
    await send(ADA, `${to},${BEN},carl@stranger.example`, raw);
    const all = await mails(BEN, (mine) => mine.some(({ from }) => from.includes('Scout')));
    expect(all.find(({ from }) => from.includes('Scout'))?.from).to.contain(to);
    const strangers = await box('carl@stranger.example');
    expect(strangers.filter(({ from }) => from.includes(domain))).to.deep.equal([]);
    const { members } = await asked<{ members: { name: string }[] }>('read_pod');
    expect(members.map((one) => one.name)).not.to.include('carl@stranger.example');
  });

  async function asked<T>(action: string, input: object = {}): Promise<T> {
    const state = await team.get<State>('/practice/state');
    const ada = state.users.find(({ email }) => email === ADA)?.id;
    const found = await team.get<{ id: string }>(`/practice/pod?as=${ada}&channel=${channel}`);
    return team.post<T>('/practice/act', { as: ada, pod: found.id, action, input });
  }
});
