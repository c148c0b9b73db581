// Words below a notice in Slack: they go to what the notice is about, and are never guessed.
import { expect } from 'chai';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import type { Seen } from './team.ts';

/** Over a weekend, whatever day it is: everybody has working hours within it. */
const DAYS = 4 * 86_400;

describe('words below a notice in Slack', function () {
  this.timeout(90_000);
  let room: MailRoom;

  beforeEach(async () => {
    room = await aMailRoom();
    // Over days his digest would tell it first, and no notice would come.
    await room.team.command('ben', 'launch', '/skein digest stop');
    const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee: 'ben' });
    for (const { id } of tasks) await room.act('complete_task', { task: id });
  });
  afterEach(() => room.stop());

  const dm = (thread: string, enough: (all: Seen[]) => boolean) => room.team.until('app', thread, enough, 'ben');
  const notice = async (words: string): Promise<Seen> => {
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    // A reminder of a question has no “Tomorrow”.
    const one = (seen: Seen) => seen.text.includes(words) && buttonsOf(seen).includes('Tomorrow');
    return (await dm('', (all) => all.some(one))).find(one) as Seen;
  };
  const below = async ({ ts }: Seen, words: string) => {
    const said = await room.team.say('ben', 'app', words, ts);
    await room.team.quiet();
    return said;
  };
  const eventually = async (holds: () => Promise<boolean>) => {
    while (!(await holds())) await new Promise((done) => setTimeout(done, 25));
  };
  const textsIn = async (channel: string, thread: string, as = 'ben') =>
    (await room.team.messages(channel, thread, as)).map(({ username, text }) => `${username}: ${text}`);
  const buttonsOf = ({ blocks }: Seen) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as { type: string; action_id?: string; text?: { text: string } }[]).flatMap(({ type, text }) =>
        type === 'button' ? [text?.text] : [],
      ),
    );
  const ben = async () =>
    (await room.team.get<{ users: { id: string; name: string }[] }>('/practice/state')).users.find(({ name }) =>
      name.startsWith('Ben'),
    )?.id;
  /** A question in a pod without a channel: it reaches Ben in his direct message. */
  const asks = async (question: string, options: string[] = []) => {
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Accounts' });
    await room.act('add_member', { who: 'ben' }, pod.id);
    const started = await room.act<{ conversation: { id: string } }>(
      'start_conversation',
      { title: 'Packing', text: 'For the stall.' },
      pod.id,
    );
    await room.act('ask', { conversation: started.conversation.id, to: ['ben'], question, options }, pod.id);
    return pod.id;
  };
  /** The whole channel, threads too. */
  const launch = async () => {
    const roots = await room.team.messages('launch', '', 'ada');
    const threads = await Promise.all(roots.map(({ ts }) => room.team.messages('launch', ts, 'ada')));
    return [...new Map(threads.flat().map((one) => [one.ts, one])).values()].map(
      ({ username, text }) => `${username}: ${text}`,
    );
  };

  it('approve a task and send one back by its number, also where another thing of a task stands in the list', async () => {
    const made = async (title: string) => {
      const { task } = await room.act<{ task: { id: string; number: number } }>('create_task', {
        ...{ title, assignee: 'Chiara Rossi', reviewers: ['ben'] },
      });
      await room.act('request_review', { task: task.id });
      return task;
    };
    const label = await made('Draw the label');
    const text = await made('Write the text');
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await notice('Draw the label');
    await below(told, `#${label.number} approve\n#${text.number} send back: the price is missing`);
    const log = async (id: string) =>
      (await room.act<{ tasks: { id: string; review?: string }[] }>('list_tasks', { state: 'all' })).tasks.find(
        (one) => one.id === id,
      )?.review;
    expect(await textsIn('app', told.ts), 'nothing is asked back').to.have.length(2);
    expect([await log(label.id), await log(text.id)].join(' / ')).to.match(/^approved.* \/ .*sent.? back/i);
  });

  it('do what they say about a task, and stand in its thread under the person’s name', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    const told = await notice('Order boxes');
    expect(JSON.stringify(told.blocks)).to.contain('Write your answer in the thread of this message.');
    await below(told, 'start');
    await dm('', (all) => all.some(({ ts, text }) => ts === told.ts && text.includes('Started.')));
    expect(await textsIn('app', told.ts), 'a command alone needs no further word').to.have.length(2);
    const ts = await below(told, 'done, it stands in the folder');
    await dm('', (all) => all.some(({ ts, text }) => ts === told.ts && /Done: .*by you/.test(text)));
    await dm(told.ts, (all) => all.some(({ text }) => /Your words stand in .*launch/.test(text)));
    // The channel has a lane of its own.
    await room.team.quiet();
    const words = (all: string[]) => all.filter((one) => one.includes('stands in the folder'));
    expect(words(await launch())).to.deep.equal(['Ben Okafor (through Skein): done, it stands in the folder']);
    expect(
      (await textsIn('app', told.ts)).filter((one) => /^(Pilot|Scribe)/.test(one)),
      'no agent',
    ).to.deep.equal([]);
    await room.team.post('/practice/edit', {
      as: 'ben',
      channel: 'app',
      ts,
      text: 'done, it stands in the blue folder',
    });
    await eventually(async () => (await launch()).some((one) => one.includes('the blue folder')));
    expect(words(await launch())).to.deep.equal([]);
  });

  it('answer a question without options; “let me check” leaves it open', async () => {
    const pod = await asks('Which boxes do we take?');
    const told = await notice('Which boxes');
    expect(buttonsOf(told)).to.deep.equal(['Answer in words…', 'Tomorrow']);
    await below(told, 'let me check');
    await dm(told.ts, (all) => all.some(({ text }) => text.includes('Your words stand in')));
    expect(JSON.stringify(await room.act('list_questions', {}, pod))).to.contain('Which boxes');
    const again = (all: Seen[]) => all.find(({ text }) => text.includes('still waits for your answer'));
    const reminder = again(await dm('', (all) => again(all) !== undefined)) as Seen;
    await below(reminder, 'the flat ones, 40 of them');
    await dm('', (all) => all.some(({ ts, text }) => ts === told.ts && /Answered: q1 .*by you/.test(text)));
    const closed = JSON.stringify(await room.act('list_questions', { state: 'answered' }, pod));
    expect(closed).to.contain('the flat ones, 40 of them').and.not.contain('let me check');
  });

  it('that answered and are edited change the answer, and its asker reads how; deleted, their author reads that it stands', async () => {
    const pod = await asks('Which boxes do we take?');
    const told = await notice('Which boxes');
    const again = (all: Seen[]) => all.find(({ text }) => text.includes('still waits for your answer'));
    const reminder = again(await dm('', (all) => again(all) !== undefined)) ?? told;
    const ts = await below(reminder, 'the flat ones');
    const text = 'the flat ones, 40 of them';
    await room.team.post('/practice/edit', { as: 'ben', channel: 'app', ts, text });
    await dm(reminder.ts, (all) =>
      all.some((one) =>
        one.text.includes('Your answer to q1 is changed, and Ada Lindqvist is told what it was before.'),
      ),
    );
    const { questions } = await room.act<{ questions: { answers: { words: string }[] }[] }>(
      'list_questions',
      { state: 'answered' },
      pod,
    );
    expect(questions[0]?.answers.map(({ words }) => words)).to.deep.equal([text]);
    const { waiting } = await room.act<{ waiting: { says?: string }[] }>('list_waiting', {});
    expect(JSON.stringify(waiting), 'Ada hears the difference').to.contain(
      `my answer to q1 is now: ${text} It was: the flat ones`,
    );
    await room.team.post('/practice/delete', { as: 'ben', channel: 'app', ts });
    await dm(reminder.ts, (all) =>
      all.some((one) => /your answer to q1 was taken and stands: Ada Lindqvist has heard it/.test(one.text)),
    );
    const all = await room.team.messages('app', reminder.ts, 'ben');
    expect(all.filter((one) => /raw|Conflict|key/i.test(one.text))).to.deep.equal([]);
  });

  it('that are deleted before anybody heard the answer open its question again; what a command did stands, and they say so', async () => {
    const pod = await asks('Which boxes do we take?');
    const told = await notice('Which boxes');
    const again = (all: Seen[]) => all.find(({ text }) => text.includes('still waits for your answer'));
    const asked = again(await dm('', (all) => again(all) !== undefined)) ?? told;
    const ts = await below(asked, 'the flat ones');
    const number = async (state: string) =>
      (await room.act<{ questions: object[] }>('list_questions', { state }, pod)).questions.length;
    await dm('', (all) => all.some(({ text }) => /Answered: q1 .*by you/.test(text)));
    expect(await number('answered')).to.equal(1);
    await room.team.post('/practice/delete', { as: 'ben', channel: 'app', ts });
    await dm(asked.ts, (all) =>
      all.some((one) => /your answer to q1 is taken back\. It is open for you again/.test(one.text)),
    );
    expect([await number('answered'), await number('open')]).to.deep.equal([0, 1]);
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: DAYS });
    const back = (all: Seen[]) =>
      all.find(({ text }) => text.includes('was taken back, so it waits for your answer again'));
    expect(buttonsOf(back(await dm('', (all) => back(all) !== undefined)) as Seen)).to.include('Answer in words…');
    const task = (await dm('', (all) => all.some(({ text }) => text.includes('Order boxes')))).find(({ text }) =>
      text.includes('Order boxes'),
    ) as Seen;
    const [, taskNumber = ''] = /#(\d+)[^#]*Order boxes/.exec(task.text) ?? [];
    const start = await below(task, `#${taskNumber} start`);
    await room.team.post('/practice/delete', { as: 'ben', channel: 'app', ts: start });
    await dm(task.ts, (all) =>
      all.some((one) => /what they said about #\d+ is done and stands.*reopen/s.test(one.text)),
    );
  });

  it('are not needed where a question has options: its buttons stand in the notice, and a click answers it', async () => {
    const options = ['Kraft', 'White'];
    const pod = await asks('Which paper?', options);
    const told = await notice('Which paper');
    expect(buttonsOf(told)).to.deep.equal(['Kraft', 'White', 'Answer in words…', 'Tomorrow']);
    await room.team.post('/practice/click', {
      ...{ as: await ben(), channel: 'app', ts: told.ts, actionId: 'question.answer.1' },
    });
    const over = (all: Seen[]) => all.find(({ ts, text }) => ts === told.ts && /Answered: q1 .*by you/.test(text));
    expect(buttonsOf(over(await dm('', (all) => over(all) !== undefined)) as Seen)).to.deep.equal([]);
    const closed = JSON.stringify(await room.act('list_questions', { state: 'answered' }, pod));
    expect(closed).to.match(/"choice":"White"/);
  });

  it('have a form too; who is too late is told, and who is refused gets them back', async () => {
    const as = await ben();
    const form = async ({ ts }: Seen): Promise<string> => {
      await room.team.post('/practice/click', { as, channel: 'app', ts, actionId: 'item.answer-in-words' });
      for (;;) {
        const views = await room.team.get<{ id: string; type: string }[]>('/practice/views?as=ben');
        const open = views.find(({ type }) => type === 'modal');
        if (open) return open.id;
        await new Promise((done) => setTimeout(done, 25));
      }
    };
    const pod = await asks('Which tape?');
    const late = await form(await notice('Which tape'));
    await room.act('withdraw_question', { question: 'q1' }, pod);
    await room.team.post('/practice/submit', { as: 'ben', viewId: late, values: { text: 'the brown one' } });
    await dm('', (all) => all.some(({ text }) => /kept in the conversation/.test(text)));
    const other = await asks('Which glue?');
    const refused = await form(await notice('Which glue'));
    await room.act('remove_member', { who: 'ben' }, other);
    await room.team.post('/practice/submit', { as: 'ben', viewId: refused, values: { text: 'the white one' } });
    await dm('', (all) => all.some(({ text }) => text.includes('the white one')));
  });

  it('come back with a button each where the notice tells of several, and the button takes them there', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    await room.act('create_task', { title: 'Weigh the flour', assignee: 'ben' });
    const told = await notice('Order boxes');
    await below(told, 'the mill has only 20 kg');
    const which = (all: Seen[]) => all.find(({ text }) => text.includes('Which of these did you mean?'));
    const asked = which(await dm(told.ts, (all) => which(all) !== undefined)) as Seen;
    expect(buttonsOf(asked)).to.deep.equal(['This one', 'This one']);
    expect((await launch()).join('\n')).to.not.contain('20 kg');
    const flour = asked.blocks
      .flatMap(({ elements = [] }, n) =>
        (elements as { value?: string }[]).flatMap(({ value }) =>
          JSON.stringify(asked.blocks[n - 1]).includes('Weigh the flour') ? [value] : [],
        ),
      )
      .at(0);
    await room.team.post('/practice/click', {
      ...{ as: await ben(), channel: 'app', ts: asked.ts, actionId: 'item.words-for', value: flour },
    });
    await eventually(async () => (await launch()).some((one) => one.includes('20 kg')));
    await room.team.quiet();
    expect((await launch()).filter((one) => one.includes('20 kg'))).to.deep.equal([
      'Ben Okafor (through Skein): the mill has only 20 kg',
    ]);
    await dm(told.ts, (all) => all.some(({ ts, text }) => ts === asked.ts && text.includes('Your words stand in')));
    const [, number] = /#(\d+)[^#]*Order boxes/.exec(told.text) ?? [];
    await below(told, `#${number} done`);
    await dm('', (all) => all.some(({ ts, text }) => ts === told.ts && /Done: .*by you/.test(text)));
  });

  it('a bare “done” beside all threads comes back, and other words there are for the agent', async () => {
    await room.act('create_task', { title: 'Order boxes', assignee: 'ben' });
    await notice('Order boxes');
    const done = await room.team.say('ben', 'app', 'done');
    const which = (all: Seen[]) => all.find(({ text }) => text.includes('Which of these did you mean?'));
    expect(buttonsOf(which(await dm(done, (all) => which(all) !== undefined)) as Seen)).to.deep.equal(['This one']);
    const hello = await room.team.say('ben', 'app', 'hello there');
    await dm(hello, (all) => all.length > 1);
    expect((await textsIn('app', hello)).join('\n')).to.not.contain('Which of these');
  });
});
