// An agent is paused, its work is taken over and handed back: in its thread in Slack, over a restart, and by mail.
import { expect } from 'chai';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import { aModelFront, type ModelFront } from './model-front.ts';
import type { Seen, Team } from './team.ts';

const MAJA = 'maja@elsewhere.example';

describe('an agent that people pause', () => {
  let room: MailRoom;
  let team: Team;
  let model: ModelFront;
  let launch: string;
  before(async () => {
    model = await aModelFront();
    room = await aMailRoom(model.settings);
    ({ team } = room);
    launch = room.launch.channel;
    await room.invites(MAJA, 'Maja Holm');
    await room.act('add_member', { who: 'Maja Holm' });
  });
  after(async () => {
    await room.stop();
    await model.stop();
  });
  afterEach(() => {
    model.atRequest = async () => 'pass';
  });

  const tasks = async (word: string) => (await room.tasks()).filter((title) => title.toLowerCase().includes(word));
  const line = (thread: string, words: RegExp): Promise<Seen> =>
    team
      .until(launch, thread, (all) => all.some(({ text }) => words.test(text)))
      .then((all) => {
        const found = all.findLast(({ text }) => words.test(text));
        if (!found) throw new Error('unreachable');
        return found;
      });
  const buttonsOf = ({ blocks }: Seen): string[] =>
    blocks.flatMap(({ type, elements }) =>
      type === 'actions' ? (elements as { text: { text: string } }[]).map(({ text }) => text.text) : [],
    );
  const press = (as: string, ts: string, actionId: string) =>
    team.post('/practice/click', { as, channel: launch, ts, actionId });
  const until = async (what: string, so: () => Promise<boolean>) => {
    for (const end = Date.now() + 20_000; !(await so()); await new Promise((done) => setTimeout(done, 25)))
      if (Date.now() > end) throw new Error(`not so in time: ${what}`);
  };
  const marksOn = async (ts: string, thread: string) => {
    const all = (await team.messages(launch, thread)) as (Seen & { reactions?: { name: string }[] })[];
    return (all.find((one) => one.ts === ts)?.reactions ?? []).map(({ name }) => name).join();
  };

  it('does nothing more, keeps what is written, and goes on by a button after a restart, in the same run', async () => {
    const held = model.hold();
    const ts = await team.say('ada', launch, '@scribe add a task: oil the hinges');
    await held.asked;
    const word = await team.say('ben', launch, '@scribe pause', ts);
    const paused = await line(ts, /^Ben Okafor paused Scribe\./);
    expect(paused.username).to.equal('Skein');
    expect(buttonsOf(paused)).to.deep.equal(['Go on', 'Take over', 'Stop']);
    held.pass();
    await until('⏸', async () => (await marksOn(ts, ts)) === 'double_vertical_bar');
    const asked = model.bodies.length;
    expect(await tasks('hinges')).to.deep.equal([]);
    expect(await team.command('ada', launch, '/skein runs')).to.include('is paused by Ben Okafor');
    await team.restart();
    await team.quiet();
    expect(model.bodies).to.have.length(asked);
    expect(await marksOn(word, ts), 'the line below it is the answer').to.equal('');
    await press('ben', paused.ts, 'run.resume');
    expect((await line(ts, /let Scribe go on/)).text).to.equal('Ben Okafor let Scribe go on.');
    await team.answer(launch, ts, 'Scribe');
    expect(await tasks('hinges')).to.have.length(1);
    await until('no buttons', async () => buttonsOf(await line(ts, /^Ben Okafor paused Scribe\./)).length === 0);
    const { runs } = await room.act<{ runs: { says: string }[] }>('list_runs', { limit: 1 });
    expect(runs[0]?.says).to.match(/^Scribe answered at/);
  });

  it('gives the task that it has to whoever takes it over after a stop, by the button below the line that says who stopped it', async () => {
    const held = model.hold();
    await room.act('create_task', { title: 'Wash the van', assignee: 'scribe' });
    await held.asked;
    const { tasks: all } = await room.act<{ tasks: { title: string; number: number; conversation?: string }[] }>(
      'list_tasks',
    );
    const { number } = all.find(({ title }) => title === 'Wash the van') ?? { number: 0 };
    const card = (await team.messages(launch)).findLast(({ text }) => text.includes('Wash the van')) as Seen;
    await team.say('ben', launch, 'stop', card.ts);
    const stopped = await line(card.ts, /^Stopped by Ben Okafor\./);
    expect(stopped.text).to.include(`Scribe still has #${number}`);
    expect(buttonsOf(stopped)).to.deep.equal(['Take over', 'Let it go on']);
    held.pass();
    await line(card.ts, /^Okay, I stopped\.$/);
    await team.quiet();
    const asked = model.bodies.length;
    await press('ben', stopped.ts, 'run.take-over');
    const taken = await line(card.ts, new RegExp(`^Ben Okafor has #${number} now`));
    expect(buttonsOf(taken)).to.deep.equal(['Hand back', 'Stop']);
    await team.say('ben', launch, 'the sponge is in the shed', card.ts);
    await team.quiet();
    expect(model.bodies).to.have.length(asked);
    await until('the card', async () =>
      /Ben Okafor/.test(JSON.stringify((await team.messages(launch)).find(({ ts }) => ts === card.ts))),
    );
    await until('no buttons', async () => buttonsOf(await line(card.ts, /^Stopped by Ben Okafor\./)).length === 0);
    await team.say('ben', launch, 'over to you again: the left side', card.ts);
    await until('asked again', async () => model.bodies.length > asked);
    await team.quiet();
  });

  it('goes on after a stop by one press, together with the others that it stopped', async () => {
    const ts = await team.say('ada', launch, '@scribe what do we know about the boat?');
    await team.until(launch, ts, (all) => all.some(({ text }) => text.includes('boat') && text.startsWith('I found')));
    const { conversations } = await room.act<{ conversations: { id: string; title: string }[] }>('read_conversation', {
      conversation: 'all',
    });
    const conversation = conversations.find(({ title }) => title.includes('about the boat'))?.id;
    await room.act('create_task', { title: 'Wax the boat', assignee: 'scribe', conversation });
    await room.act('create_task', { title: 'Air the sails', assignee: 'pilot', conversation });
    await team.quiet();
    await team.say('ben', launch, 'stop', ts);
    const stopped = await line(ts, /^Stopped by Ben Okafor\. Scribe still has #\d+ and Pilot still has #\d+/);
    await press('ada', stopped.ts, 'run.let-go-on');
    await line(ts, /@scribe @pilot go on$/);
    await until('no buttons', async () => buttonsOf(await line(ts, /^Stopped by Ben Okafor\./)).length === 0);
    await team.until(launch, ts, (all) => {
      const from = all.findIndex(({ text }) => text.endsWith('go on')) + 1;
      return from > 0 && all.length >= from + 2;
    });
  });

  it('leaves its work to whoever takes it over, and hears from their hands what they did', async () => {
    const held = model.hold();
    const ts = await team.say('ada', launch, '@scribe add a task: paint the gate brown');
    await held.asked;
    await team.command('ada', launch, '/skein runs');
    const shown = (await team.messages(launch, undefined, 'ada')).filter((one) => one.ephemeral).at(-1) as Seen;
    expect(buttonsOf(shown)).to.deep.equal(['Pause', 'Take over', 'Stop']);
    await press('ada', shown.ts, 'run.pause');
    await press('ada', (await line(ts, /^Ada Lindqvist paused Scribe\./)).ts, 'run.resume');
    await line(ts, /^Ada Lindqvist let Scribe go on\.$/);
    await team.say('ben', launch, 'I take over', ts);
    const taken = await line(ts, /^Ben Okafor has taken this over from Scribe/);
    expect(buttonsOf(taken)).to.deep.equal(['Hand back', 'Stop']);
    held.pass();
    await team.quiet();
    expect(await tasks('gate')).to.deep.equal([]);
    await press('ben', taken.ts, 'run.hand-back');
    type View = { id: string; title: { text: string } | null };
    const views = () => team.get<View[]>('/practice/views?as=ben');
    await until('the form', async () => (await views()).some(({ title }) => /hand work back/i.test(title?.text ?? '')));
    const form = (await views()).find(({ title }) => /hand work back/i.test(title?.text ?? ''));
    const values = { note: 'No, the gate is green, I painted it.' };
    await team.post('/practice/submit', { as: 'ben', viewId: form?.id, values });
    await team.answer(launch, ts, 'Scribe');
    const said = (await team.messages(launch, ts)).map(({ username, text }) => `${username}: ${text}`);
    expect(said.join('\n')).to.match(/Ben Okafor.*over to you again\. No, the gate is green/);
    const request = model.bodies.at(-1) ?? '';
    expect(request).to.include('No, the gate is green, I painted it').and.include('had your work and handed it back');
    expect(await tasks('gate')).to.deep.equal([]);
  });

  it('is paused and let go on by mail, and whoever wrote so has a mail about it', async () => {
    const to = room.launch.mail;
    const held = model.hold();
    const first = aMail({
      from: MAJA,
      to: `${to.replace('@', '+scribe@')}`,
      subject: 'Rye',
      text: 'What is open here?',
    });
    const before = (await room.boxWithoutInvitations(MAJA)).length;
    await room.send(MAJA, to.replace('@', '+scribe@'), first);
    await held.asked;
    const [conversation] = (
      await room.act<{ conversations: { id: string; title?: string }[] }>('read_conversation', { conversation: 'all' })
    ).conversations.filter(({ title }) => title === 'Rye');
    expect(conversation, 'the conversation').not.to.equal(undefined);
    const answers = async (text: string, id: string, headers: string[]) =>
      room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Re: Rye', id, text, headers }));
    const references = [`In-Reply-To: ${first.match(/^Message-ID: (.*)$/im)?.[1]}`];
    await answers('pause', 'm-2', references);
    const got = (words: RegExp) => (all: InBox[]) => all.slice(before).some(({ text }) => words.test(text));
    const all = await room.mails(MAJA, got(/Maja Holm paused Scribe/));
    held.pass();
    await team.quiet();
    await room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'runs', id: 'm-runs', text: '' }));
    const [listed] = (await room.mails(MAJA, got(/agents are at work/))).slice(-1);
    expect(listed?.text.split('\n-- \n')[0]).to.match(
      /launch: agents are at work\n\n- Scribe is paused by Maja Holm, in “Rye”, for Maja Holm, since .*\n +- Maja Holm, .*: “What is open here\?” \(open\)/,
    );
    const answered = (mails: InBox[]) => mails.slice(before).filter(({ from }) => from.includes('Scribe')).length;
    expect(answered(await room.boxWithoutInvitations(MAJA)), 'no answer while it is paused').to.equal(0);
    const asked = model.bodies.length;
    await team.restart();
    await team.quiet();
    expect(model.bodies, 'a restart lifts no pause').to.have.length(asked);
    const note = all.findLast(({ text }) => /Maja Holm paused Scribe/.test(text));
    await answers('go on', 'm-3', note ? reply(note) : []);
    await room.mails(MAJA, (mails) => answered(mails) === 1);
  });

  it('leaves its work to whoever writes so by mail, and has it back with their words', async () => {
    const to = room.launch.mail;
    const scribe = to.replace('@', '+scribe@');
    const held = model.hold();
    const first = aMail({
      ...{ from: MAJA, to: scribe, subject: 'Fence', id: 'f-1' },
      text: 'Add a task: paint the fence brown',
    });
    const before = (await room.boxWithoutInvitations(MAJA)).length;
    await room.send(MAJA, scribe, first);
    await held.asked;
    const writes = (text: string, id: string, headers: string[]) =>
      room.send(MAJA, to, aMail({ from: MAJA, to, subject: 'Re: Fence', id, text, headers }));
    await writes('I take over', 'f-2', ['In-Reply-To: <f-1@wildgoose.example>']);
    const got = (words: RegExp) => (all: InBox[]) => all.slice(before).some(({ text }) => words.test(text));
    const taken = (await room.mails(MAJA, got(/Maja Holm has taken this over from Scribe/))).findLast(({ text }) =>
      /has taken this over/.test(text),
    ) as InBox;
    held.pass();
    await team.quiet();
    expect(await tasks('brown')).to.deep.equal([]);
    await writes('over to you again: no, the fence is green, I painted it', 'f-3', reply(taken));
    await room.mails(MAJA, (all) => all.slice(before).some(({ from }) => from.includes('Scribe')));
    const request = model.bodies.at(-1) ?? '';
    expect(request).to.include('no, the fence is green, I painted it').and.include('had your work and handed it back');
    expect(await tasks('brown')).to.deep.equal([]);
  });
});
