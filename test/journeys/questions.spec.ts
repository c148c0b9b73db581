// An agent asks people: in the thread with buttons, in words, by mail, over a restart; and what each of them reads.
import { expect } from 'chai';
import {
  type Call,
  end,
  serve,
  start,
  stream,
  type TestServer,
  text,
  toolUse,
} from '../agents/model/model-test-server.ts';
import { aMailRoom, BEN, type MailRoom } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

describe('a question of an agent', function () {
  this.timeout(90_000);
  let model: TestServer;
  let room: MailRoom;
  /** Answered one after the other; without any the model says “Done.” */
  const answers: ((call: Call) => void)[] = [];
  let uses = 0;
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_q${++uses}` }), ...end('tool_use'));
  const asks = (question: string, more: object = {}) => calls('ask', { to: ['ben'], question, ...more });
  const waits = (...questions: string[]) => calls('wait_for', { questions });
  /** The wording of a digest: it is no answer in a conversation. */
  const wordsDigest = ({ body }: Call) => body.includes('<fact n=');
  const lastHeard = () => model.calls.at(-1)?.body ?? '';

  beforeEach(async () => {
    answers.length = 0;
    model = await serve((call) => (wordsDigest(call) ? says('Done.') : (answers.shift() ?? says('Done.')))(call));
    room = await aMailRoom({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    // The demo's own requests are answered before.
    await room.team.quiet();
  });
  afterEach(async () => {
    await room.stop();
    await model.close();
  });

  const say = (as: string, words: string, thread?: string) => room.team.say(as, room.launch.channel, words, thread);
  const thread = (root: string, enough: (all: Seen[]) => boolean) => room.team.until(room.launch.channel, root, enough);
  const buttonsOf = ({ blocks }: Seen): { action_id: string; value: string; text: { text: string } }[] =>
    blocks.flatMap((block) => (block.type === 'actions' ? (block.elements as never[]) : []));
  const shown = ({ blocks }: Seen) => JSON.stringify(blocks);
  const click = (as: string, seen: Seen, label: string) => {
    const button = buttonsOf(seen).find((one) => one.text.text === label);
    if (!button) throw new Error(`There is no button “${label}” in ${JSON.stringify(seen.blocks)}`);
    const press = { as, channel: room.launch.channel, ts: seen.ts, actionId: button.action_id, value: button.value };
    return room.team.post<unknown>('/practice/click', press);
  };
  const questionPost = async (root: string, words: string) => {
    const all = await thread(root, (seen) => seen.some((one) => shown(one).includes(words)));
    const found = all.find((one) => shown(one).includes(words));
    if (!found) throw new Error('unreachable');
    return found;
  };

  it('stands in the thread with a button for each option; a click settles it, and the buttons go', async () => {
    answers.push(
      asks('Which price is right?', { options: ['80 €', '95 €'] }),
      waits('q1'),
      says('80 € stands on the sheet.'),
    );
    const root = await say('ada', '@scribe put the price on the sheet');
    const post = await questionPost(root, 'Which price is right?');
    const ben = (await room.team.get<{ users: { id: string; email: string }[] }>('/practice/state')).users.find(
      ({ email }) => email === BEN,
    );
    expect(shown(post)).to.include(`<@${ben?.id}>`);
    await room.team.quiet();
    expect(await room.team.command('ada', room.launch.channel, '/skein runs')).to.include('waits for an answer to q1');
    const told = JSON.stringify(await click('ada', post, '80 €'));
    expect(told).to.not.include('error');
    await room.team.quiet();
    expect(buttonsOf(await questionPost(root, 'Which price is right?'))).to.have.length(2);
    await click('ben', post, '80 €');
    const all = await thread(root, (seen) => seen.some((one) => one.text.includes('80 € stands on the sheet.')));
    expect(all.filter((one) => one.username === 'Scribe')).to.have.length(2);
    expect(lastHeard()).to.include('Which price is right?').and.include('Ben Okafor').and.include('80 €');
    await room.team.quiet();
    const settled = await questionPost(root, 'Which price is right?');
    expect(buttonsOf(settled)).to.deep.equal([]);
    expect(settled.text).to.include('Ben Okafor answered: 80 €');
  });

  it('with offered choices is answered in words too: its buttons go, and it waits for nobody any more', async () => {
    answers.push(asks('Which price is right?', { options: ['80 €', '95 €'] }), waits('q1'), says('Neither, then.'));
    const root = await say('ada', '@scribe put the price on the sheet');
    expect(buttonsOf(await questionPost(root, 'Which price is right?'))).to.have.length(2);
    await room.team.quiet();
    const waitsFor = (who: string) => room.team.command(who, room.launch.channel, '/skein waiting');
    expect(await waitsFor('ben')).to.include('Which price is right?');
    await say('ben', 'Neither of them, it is 90 €.', root);
    await thread(root, (seen) => seen.some((one) => one.text.includes('Neither, then.')));
    await room.team.quiet();
    const settled = await questionPost(root, 'Which price is right?');
    expect(buttonsOf(settled)).to.deep.equal([]);
    expect(settled.text).to.include('Ben Okafor answered: Neither of them, it is 90 €.');
    expect(await waitsFor('ben')).not.to.include('Which price is right?');
  });

  it('answered in words in the thread follows their edit; deleted, their author alone reads that the answer stands', async () => {
    answers.push(asks('Which price is right?'), waits('q1'), says('80 € stands on the sheet.'), says('Now 95 €.'));
    const root = await say('ada', '@scribe put the price on the sheet');
    await questionPost(root, 'Which price is right?');
    await room.team.quiet();
    const ts = await say('ben', '80 €', root);
    await thread(root, (seen) => seen.some((one) => one.text.includes('80 € stands')));
    await room.team.post('/practice/edit', { as: 'ben', channel: room.launch.channel, ts, text: 'Sorry, 95 €' });
    await thread(root, (seen) => seen.some((one) => one.text.includes('Now 95 €.')));
    expect(lastHeard()).to.include('my answer to q1 is now: Sorry, 95 €').and.include('It was: 80 €');
    await room.team.quiet();
    expect((await questionPost(root, 'Which price is right?')).text).to.include('Ben Okafor answered: Sorry, 95 €');
    await room.team.post('/practice/delete', { as: 'ben', channel: room.launch.channel, ts });
    const stands = (seen: Seen[]) =>
      seen.filter(({ text }) => text.includes('your answer to q1 was taken and stands: Scribe has heard it'));
    await room.team.until(room.launch.channel, root, (seen) => stands(seen).length === 1, 'ben');
    await room.team.quiet();
    const post = await questionPost(root, 'Which price is right?');
    expect(post.text).to.include('Ben Okafor answered. The words were erased.').and.not.include('95');
    expect(stands(await room.team.messages(room.launch.channel, root, 'ada'))).to.deep.equal([]);
  });

  it('is answered by words, and two by a button each, in reverse order over a restart', async () => {
    answers.push(
      asks('Rye?'),
      asks('Wheat?'),
      waits('q1', 'q2'),
      says('(silent)'),
      waits('q1'),
      says('Both are clear.'),
    );
    const root = await say('ada', '@scribe prepare the order');
    await questionPost(root, 'Wheat?');
    await room.team.quiet();
    await say('ben', 'Yes', root);
    const back = await questionPost(root, 'more than one question is open for you here');
    expect(buttonsOf(back).map((one) => one.text.text)).to.deep.equal(['It answers q1', 'It answers q2']);
    await room.team.restart();
    await click('ben', back, 'It answers q2');
    await room.team.quiet();
    expect((await questionPost(root, 'Wheat?')).text).to.include('Ben Okafor answered: Yes');
    expect((await questionPost(root, 'Rye?')).text).to.not.include('answered');
    await say('ben', 'Only half of it.', root);
    await thread(root, (seen) => seen.some((one) => one.text.includes('Both are clear.')));
    await room.team.quiet();
    expect((await questionPost(root, 'Rye?')).text).to.include('Ben Okafor answered: Only half of it.');
  });

  it('that nobody answered lets its agent do nothing beyond the pod, until the person asked writes', async () => {
    await room.act('update_agent', { agent: 'scribe', tools: ['ask', 'wait_for', 'create_task', 'create_pod'] });
    const podsOf = (who: string) => room.team.command(who, room.launch.channel, '/skein pods');
    const made = async () => `${await podsOf('ada')} ${await podsOf('ben')}`;
    const creates = () => calls('create_pod', { name: 'Mill sales', purpose: 'Sell at the mill' });
    const options = { options: ['Yes', 'No'], needed_by: '1h', otherwise: 'Yes' };
    answers.push(asks('Shall I open a pod for the mill?', options), waits('q1'), says('I wait for Ben.'));
    const root = await say('ada', '@scribe prepare the sale at the mill');
    await questionPost(root, 'Shall I open a pod');
    await room.team.quiet();
    answers.length = 0;
    answers.push(
      creates(),
      calls('create_task', { title: 'Call the mill' }),
      says('Nobody answered, so I only made a task.'),
    );
    await room.team.post('/practice/clock', { advance: 4 * 86_400 });
    await thread(root, (seen) => seen.some((one) => one.text.includes('so I only made a task.')));
    const heard = model.calls.map(({ body }) => body).join('\n');
    expect(heard).to.include('That is your own choice and nobody').and.include('nobody answered q1, and the default');
    expect(heard).to.include('Ask again, and do it once a person you asked has answered or written here.');
    expect(await made()).not.to.include('Mill sales');
    await room.team.quiet();
    expect((await questionPost(root, 'Shall I open a pod')).text).to.include(
      'Nobody answered in time, so it goes on with: Yes',
    );
    answers.push(creates(), says('The pod is there.'));
    await say('ben', '@scribe sorry, I was away. Yes, open it.', root);
    await thread(root, (seen) => seen.some((one) => one.text.includes('The pod is there.')));
    expect(await made()).to.include('Mill sales');
  });

  it('is withdrawn in the thread when somebody deletes it, and its agent goes on', async () => {
    answers.push(
      asks('Which price is right?', { options: ['80 €', '95 €'] }),
      waits('q1'),
      says('Then without a price.'),
    );
    const root = await say('ada', '@scribe put the price on the sheet');
    await questionPost(root, 'Which price is right?');
    await room.team.quiet();
    expect(await room.team.command('ben', room.launch.channel, '/skein waiting')).to.include('Which price is right?');
    await room.act('redact', { what: 'q1', reason: 'Not for this thread' });
    const all = await thread(root, (seen) => seen.some((one) => one.text.includes('Then without a price.')));
    await room.team.quiet();
    expect(lastHeard()).to.include('Ada').and.include('erased q1').and.not.include('Which price is right?');
    expect(all.some((one) => shown(one).includes('Which price is right?'))).to.equal(false);
    expect(await room.team.command('ben', room.launch.channel, '/skein waiting')).to.not.include('q1');
    expect(await room.team.command('ada', room.launch.channel, '/skein runs')).to.not.include('waits for an answer');
  });

  /** The thread of a task that Scribe gets, in which it asks Ben, and waits. */
  const givenAway = async () => {
    answers.push(asks('Which price is right?', { options: ['80 €', '95 €'] }), waits('q1'));
    const { task } = await room.act<{ task: { id: string } }>('create_task', {
      title: 'Price sheet',
      assignee: 'scribe',
    });
    const begun = ({ text }: Seen) => text.includes('“Price sheet”');
    const all = await room.team.until(room.launch.channel, '', (seen) => seen.some(begun));
    const root = all.find(begun)?.ts ?? '';
    await questionPost(root, 'Which price is right?');
    await room.team.quiet();
    return { task: task.id, root };
  };
  const list = (who: string, what: string) => room.team.command(who, room.launch.channel, `/skein ${what}`);

  it('is withdrawn everywhere when its task is dropped, its run ends, and a word that comes too late reads why', async () => {
    const { task, root } = await givenAway();
    expect(await list('ben', 'waiting')).to.include('Which price is right?');
    expect(await list('ada', 'runs')).to.include('waits for an answer');
    const asked = model.calls.length;
    await room.act('drop_task', { task, reason: 'We sell nothing' });
    await room.team.quiet();
    const post = await questionPost(root, 'Which price is right?');
    expect(buttonsOf(post)).to.deep.equal([]);
    expect(post.text).to.include('Ada Lindqvist dropped the task that this belongs to. No answer is needed any more.');
    expect(await list('ben', 'waiting')).to.not.include('Which price is right?');
    expect(await list('ada', 'runs')).to.not.include('waits for');
    expect(model.calls.length - asked, 'requests to the model').to.equal(0);
    await say('ben', '80 €', root);
    const late =
      /^If that was your answer to q1: the question had ended before\. Ada Lindqvist dropped the task that q1 belonged to/;
    const toBen = await room.team.until(
      room.launch.channel,
      root,
      (all) => all.some(({ text }) => late.test(text)),
      'ben',
    );
    expect(toBen.find(({ text }) => late.test(text))?.text).to.match(
      /Its task #\d+ was dropped by Ada Lindqvist\. .*is kept/,
    );
  });

  it('goes with its task: the agent that has it by then gets the answer, and the one that asked waits no more', async () => {
    const { task, root } = await givenAway();
    answers.push(says('I begin, and wait for Ben.'));
    await room.act('assign_task', { task, assignee: 'scout' });
    await thread(root, (seen) => seen.some((one) => one.text.includes('I begin, and wait for Ben.')));
    await room.team.quiet();
    expect(await list('ada', 'runs')).to.not.include('waits for');
    answers.push(says('80 € stands on the sheet.'));
    await click('ben', await questionPost(root, 'Which price is right?'), '80 €');
    const all = await thread(root, (seen) => seen.some((one) => one.text.includes('80 € stands on the sheet.')));
    expect(all.findLast(({ text }) => text.includes('80 € stands'))?.username).to.equal('Scout');
    expect(lastHeard()).to.include('Ben Okafor').and.include('choice=');
    await room.team.quiet();
    expect(all.filter(({ username }) => username === 'Scribe')).to.have.length(1);
  });

  it('reaches Maja by mail, who has no Slack, and is answered by her reply', async () => {
    const maja = 'maja@wildgoose.example';
    await room.invites(maja, 'Maja Brandt');
    await room.act('add_member', { who: 'Maja Brandt' });
    // Over days the digest would tell her first.
    await room.endsDigest(maja);
    answers.push(
      calls('ask', { to: ['Maja Brandt'], question: 'Which flour?', options: ['Rye', 'Wheat'] }),
      waits('q1'),
    );
    const root = await say('ada', '@scribe ask Maja about the flour');
    await questionPost(root, 'Which flour?');
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: 4 * 86_400 });
    const asked = (all: { text: string }[]) => all.find((one) => one.text.includes('asks you in'));
    const mail = asked(await room.mails(maja, (all) => asked(all) !== undefined)) as
      | { messageId: string; subject: string; raw: string; text: string }
      | undefined;
    if (!mail) throw new Error('unreachable');
    expect(mail.text).to.match(
      /^Scribe asks you in launch, q\d+: “Which flour\?” One of: Rye \/ Wheat\.\n\nReply, and Scribe gets your answer\.\n/,
    );
    const to = /^Reply-To: .*?<([^>]+)>/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    const reply = aMail({
      from: `Maja Brandt <${maja}>`,
      to,
      subject: `Re: ${mail.subject}`,
      id: 'maja-answers',
      headers: [`In-Reply-To: ${mail.messageId}`],
      text: 'Rye, but only from the mill.',
    });
    answers.push(says('Rye it is.'));
    await room.send(maja, to, reply);
    await thread(root, (seen) => seen.some((one) => one.text.includes('Rye it is.')));
    expect(lastHeard()).to.include('Rye, but only from the mill.').and.include('choice=');
    await room.team.quiet();
    expect((await questionPost(root, 'Which flour?')).text).to.include(
      'Maja Brandt answered: Rye, but only from the mill.',
    );
    await room.team.quiet();
  });
});
