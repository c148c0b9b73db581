// Questions of an agent, answered by mail: by the deputy of somebody away, and by a “yes” that may answer two of them.
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
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@wildgoose.example';

describe('a question that is answered by mail', function () {
  this.timeout(120_000);
  let model: TestServer;
  let room: MailRoom;
  /** Answered one after the other; without any the model says “Done.” */
  const answers: ((call: Call) => void)[] = [];
  let uses = 0;
  let n = 0;
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (...all: [name: string, input: object][]) =>
    stream(
      start(),
      ...all.flatMap(([name, input], at) => toolUse(at, JSON.stringify(input), { name, id: `toolu_m${++uses}` })),
      ...end('tool_use'),
    );
  const wordsDigest = ({ body }: Call) => body.includes('<fact n=');
  const lastHeard = () => model.calls.findLast((call) => !wordsDigest(call))?.body ?? '';

  beforeEach(async () => {
    answers.length = 0;
    model = await serve((call) => (wordsDigest(call) ? says('Done.') : (answers.shift() ?? says('Done.')))(call));
    room = await aMailRoom({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'Maja Brandt' });
    // Over days their digests would tell it first.
    await room.endsDigest(MAJA);
    await room.team.command('ben', 'launch', '/skein digest stop');
    const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee: 'ben' });
    for (const { id } of tasks) await room.act('complete_task', { task: id });
    await room.team.quiet();
  });
  afterEach(async () => {
    await room.stop();
    await model.close();
  });

  const replyTo = (mail: InBox) =>
    /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
  const answered = async (mail: InBox, words: string) => {
    const to = replyTo(mail);
    const written = {
      from: MAJA,
      to,
      subject: `Re: ${mail.subject}`,
      id: `q-${++n}`,
      text: words,
      headers: reply(mail),
    };
    await room.send(MAJA, to, aMail(written));
    await room.team.quiet();
  };
  const mailed = async (words: RegExp): Promise<InBox> => {
    const all = await room.mails(MAJA, (mails) => mails.some((one) => words.test(one.text)));
    return all.findLast((one) => words.test(one.text)) as InBox;
  };
  /** Moves the clock until she has got it. */
  const comes = async (words: RegExp): Promise<InBox> => {
    for (let times = 0; times < 12; times++) {
      await room.team.quiet();
      if ((await room.boxWithoutInvitations(MAJA)).some((one) => words.test(one.text))) break;
      // Less than what lies before the first reminder.
      await room.team.post('/practice/clock', { advance: 1200 });
      await new Promise((done) => setTimeout(done, 300));
    }
    return mailed(words);
  };
  const states = async (numbers: readonly string[], pod?: string) => {
    const all = await Promise.all(
      numbers.map((question) =>
        room.act<{ questions: { state: string; answers?: { from: string }[] }[] }>('list_questions', { question }, pod),
      ),
    );
    return all.map(({ questions: [one] }) =>
      [one?.state, ...(one?.answers ?? []).map(({ from }) => from)].join(' by '),
    );
  };

  it('reaches the deputy who lives in mail, for whom it is, and her reply counts as the answer of who is away', async () => {
    await room.team.command('ben', 'launch', '/skein away until 2031-01-07 deputy @maja');
    answers.push(
      calls(['ask', { to: ['ben'], question: 'Which flour?', options: ['Rye', 'Wheat'] }]),
      calls(['wait_for', { questions: ['q1'] }]),
    );
    const root = await room.team.say('ada', 'launch', '@scribe ask Ben about the flour');
    const mail = await comes(/Which flour\?/);
    expect(mail.text.split('\n-- \n')[0]?.trim()).to.equal(
      [
        'Scribe asks Ben Okafor in launch, q1: “Which flour?” One of: Rye / Wheat. Ben Okafor is away until Tue 7 Jan 2031, and you stand in for them: your answer counts as theirs.',
        'Reply, and Scribe gets your answer.',
      ].join('\n\n'),
    );
    answers.push(says('Rye it is.'));
    await answered(mail, 'Rye, but only from the mill.');
    const all = await room.team.until('launch', root, (seen) => seen.some((one) => one.text.includes('Rye it is.')));
    await room.team.quiet();
    expect(lastHeard()).to.include('Maja Brandt, for Ben Okafor').and.include('only from the mill');
    expect(await states(['q1'])).to.deep.equal(['answered by Maja Brandt, for Ben Okafor']);
    expect(JSON.stringify(all)).to.include('Maja Brandt, for Ben Okafor, answered: Rye');
    expect(await room.team.command('ben', 'launch', '/skein waiting')).to.not.include('Which flour?');
  });

  it('of two with one “yes” settles neither: she reads which are open, and her next reply names one', async () => {
    const { pod } = await room.act<{ pod: { id: string; mail: string } }>('create_pod', {
      name: 'Orchard',
      agents: ['scribe'],
    });
    await room.act('add_member', { who: 'Maja Brandt' }, pod.id);
    const ask = (question: string): [string, object] => ['ask', { to: ['maja'], question }];
    answers.push(
      calls(ask('Do we press the pears?'), ask('Do we sell the rest?')),
      calls(['wait_for', { questions: ['q1', 'q2'] }]),
    );
    const address = room.launch.mail.replace('launch', 'orchard');
    await room.send(
      MAJA,
      address,
      aMail({ from: MAJA, to: address, subject: 'The pears', id: 'pears', text: '@scribe plan it' }),
    );
    const asked = await comes(/Do we sell the rest\?/);
    // It answers her own mail, and so none of the two questions.
    await answered({ ...asked, messageId: '<pears@wildgoose.example>', references: [] }, 'Yes');
    const which = await mailed(/More than one question is open for you/);
    expect(await states(['q1', 'q2'], pod.id)).to.deep.equal(['open', 'open']);
    expect(which.text.split('\n-- \n')[0]?.trim()).to.equal(
      [
        'More than one question is open for you, Maja Brandt. Reply with the number of the one that you answer, and your answer:',
        '- q1: Do we press the pears?\n- q2: Do we sell the rest?',
      ].join('\n\n'),
    );
    answers.push(says('We sell the rest.'));
    await answered(which, 'q2: yes');
    expect(await states(['q1', 'q2'], pod.id)).to.deep.equal(['open', 'answered by Maja Brandt']);
    await mailed(/We sell the rest\./);
    expect(lastHeard()).to.include('Do we sell the rest?').and.include('yes');
  });
});
