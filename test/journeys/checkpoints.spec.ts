// Somebody names a point of a task: its agent stops there and shows what it has, in Slack and by mail, until they let it go on.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import { middayClock } from './midday.ts';
import type { Seen } from './team.ts';

const MINUTE_MS = 60_000;

describe('a checkpoint in Slack', function () {
  this.timeout(60_000);
  let team: SlackTeam;
  let ahead = 0;
  before(async () => {
    const midday = middayClock();
    team = await aSlackTeam({}, () => midday() + ahead);
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(() => team.stop());
  afterEach(async () => {
    await team.quiet();
    expect(await team.aside('inbox')).to.deep.equal([]);
    expect(await team.aside('outbox')).to.deep.equal([]);
  });

  interface Button {
    action_id: string;
    value: string;
    text: { text: string };
  }
  const buttonsIn = ({ blocks }: Seen): Button[] =>
    blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as never[]) : []));

  /** Ada gives a task to Scribe, and names a point at which it stops. Returns what it shows there. */
  async function stopped(title: string): Promise<{ number: string; root: string; asked: Seen }> {
    ahead += 3 * MINUTE_MS;
    const { body } = await team.act<{ task: { number: number } }>('ada', 'launch', 'create_task', { title });
    const number = `#${body.task.number}`;
    const said = await team.command('ada', 'launch', `/skein follow ${number} checkpoints: “Outline”`);
    expect(said).to.contain(`works on ${number} stops at “Outline”`);
    await team.act('ada', 'launch', 'assign_task', { task: number, assignee: 'scribe' });
    const { ts: root } = await team.when(`the line about ${number}`, async () =>
      (await team.messages('launch')).find(
        ({ text, thread_ts, ts }) => text.includes(number) && (thread_ts ?? ts) === ts,
      ),
    );
    const isAsked = ({ text }: Seen) => text.includes('has come to the checkpoint “Outline”');
    const all = await team.until('launch', root, (seen) => seen.some(isAsked));
    await team.quiet();
    return { number, root, asked: all.find(isAsked) as Seen };
  }

  it('shows what the agent has, with buttons; it goes on with the click', async () => {
    const { number, root, asked } = await stopped('Summarise this thread');
    expect(asked.username).to.equal('Scribe');
    expect(asked.text).to.match(/^<@U\w+> Scribe has come to the checkpoint “Outline” of #\d+:\n&gt; \S/);
    expect(asked.text).to.contain('May I go on? Say yes, or what should be different.');
    expect(buttonsIn(asked).map(({ text }) => text.text)).to.deep.equal(['Go on', 'No']);
    const [button] = buttonsIn(asked);
    const press = { as: 'ada', channel: 'launch', ts: asked.ts, actionId: button?.action_id, value: button?.value };
    await team.post('/practice/click', press);
    const answer = await team.answer('launch', root, 'Scribe', 2);
    expect(answer.text).to.contain(`${number} is in progress`);
    await team.quiet();
    const { body } = await team.act<object>('ada', 'launch', 'pod_history');
    expect(JSON.stringify(body)).to.contain('passed the checkpoint “Outline” of #1');
  });

  it('is not passed with other words: the agent hears them', async () => {
    const { root } = await stopped('Summarise this conversation');
    await team.say('ada', 'launch', 'not yet, two lines are enough', root);
    const answer = await team.answer('launch', root, 'Scribe', 2);
    expect(answer.text).to.contain('left it');
    const { body } = await team.act<object>('ada', 'launch', 'pod_history');
    expect(JSON.stringify(body)).not.to.contain('passed the checkpoint “Outline” of #2');
  });
});

describe('a checkpoint by mail', function () {
  this.timeout(120_000);
  const MAJA = 'maja@wildgoose.example';
  /** Over a weekend, whatever day it is: everybody has working hours within it. */
  const DAYS = 4 * 86_400;
  let room: MailRoom;
  let n = 0;

  before(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'Maja Brandt' });
    await room.endsDigest(MAJA);
  });
  after(() => room.stop());

  const notices = async (count: number): Promise<InBox> => {
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    const isNotice = ({ text }: InBox) => text.includes('what waits for you');
    const all = await room.mails(MAJA, (mails) => mails.filter(isNotice).length >= count);
    await room.team.quiet();
    return all.filter(isNotice).at(-1) as InBox;
  };
  const answers = async (mail: InBox, text: string) => {
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const head = { from: MAJA, to, subject: `Re: ${mail.subject}`, id: `c-${++n}`, headers: reply(mail) };
    await room.send(MAJA, to, aMail({ ...head, text }));
    await room.team.quiet();
  };

  it('is named in a reply, reaches her as what the agent has, and is passed by her reply', async () => {
    await room.act('create_task', { title: 'Summarise this thread', assignee: 'Maja Brandt' });
    await answers(await notices(1), 'Checkpoint: outline\r\nassign to scribe');
    const said = (await room.boxWithoutInvitations(MAJA)).map(({ text }) => text).join('\n');
    expect(said).to.contain('stops at “outline”');
    const asked = await notices(2);
    expect(asked.text)
      .to.contain('has come to the checkpoint “outline” of #5')
      .and.contain('May I go on? Say yes, or what should be different.');
    await answers(asked, 'Yes, go ahead.');
    const posts = await room.team.until(room.launch.channel, '', () => true);
    const root = posts.find(({ text }) => text.includes('“Summarise this thread”'))?.ts ?? '';
    await room.team.until(room.launch.channel, root, (all) =>
      all.some(({ text }) => text.includes('#5 is in progress')),
    );
    expect(JSON.stringify(await room.act('pod_history', {}))).to.contain('passed the checkpoint “outline” of #5');
  });
});
