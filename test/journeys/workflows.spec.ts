// A workflow as people start it: by a command in Slack, and by a reply to the mail that brought a question.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@orchard.example';
const TO = `orchard@${HOME}`;

interface Task {
  number: number;
  title: string;
  state: string;
  assigneeName?: string;
  review?: string;
}

describe('a workflow', function () {
  this.timeout(120_000);
  let room: MailRoom;

  before(async () => {
    room = await aMailRoom();
  });
  after(() => room.stop());

  it('is listed and started by a command, with its steps in one thread of the channel', async () => {
    const listed = await room.team.command('ada', 'launch', '/skein workflows');
    expect(listed)
      .to.include('*change-to-release*')
      .and.include('developer (Builds the change, and mends what the others find)');
    const few = await room.team.command(
      'ada',
      'launch',
      '/skein workflow change-to-release: Passkeys (developer: @ben)',
    );
    expect(few).to.include('Nobody has the role security (Looks for what could be misused), nor the role qa');
    const own = await room.team.command(
      'ada',
      'launch',
      '/skein workflow change-to-release: Passkeys (developer: @ben, security: ada, qa: ben, owner: @ada)',
    );
    expect(own).to.include(
      'Ben Okafor has the roles developer and qa, and nobody reviews their own work (the step try).',
    );
    const roles = '(developer: @ben, security: ada, qa: ada, owner: @ada)';
    const started = await room.team.command('ada', 'launch', `/skein workflow change-to-release: Passkeys ${roles}`);
    const [, whole] =
      /change-to-release is started: #(\d+), with the steps #\d+ \(Ben Okafor\), #\d+ \(Ben/.exec(started) ?? [];
    expect(whole, started).to.be.a('string');
    const steps = (posts: { text: string }[]) =>
      posts.find(({ text }) => text.includes('Build: Passkeys – Ben Okafor'));
    const card = (await room.team.until('launch', '', (all) => all.some(({ text }) => text.includes('Passkeys')))).find(
      ({ text }) => text.includes('Passkeys'),
    );
    const thread = await room.team.until('launch', card?.ts ?? '', (all) => steps(all) !== undefined);
    const number = Number(whole);
    expect(steps(thread)?.text).to.include(
      `#${number + 2} Bring through QA: Passkeys – Ben Okafor, after #${number + 1}, reviewed by Ada Lindqvist`,
    );
    const refused = await room.team.command('ben', 'launch', `/skein complete_task --task ${number + 1}`);
    expect(refused).to.include(
      `#${number + 1} is to be reviewed by Ada Lindqvist, so it is not done yet. Say “#${number + 1} ask for review”, and they are asked.`,
    );
    const waits = await room.team.command('ben', 'launch', `/skein complete_task --task ${number + 2}`);
    expect(waits).to.include(`#${number + 2} waits for #${number + 1}`);

    const shows = (words: string) =>
      room.team.until('launch', card?.ts ?? '', (all) => Boolean(steps(all)?.text.includes(words)));
    const stop = 'shows “plan” to Ada Lindqvist before going on';
    await shows(`#${number + 1} Build: Passkeys – Ben Okafor, reviewed by Ada Lindqvist, ${stop} · To do`);
    await room.team.command('ben', 'launch', '/skein waiting');
    const list = (await room.team.messages('launch', undefined, 'ben')).findLast(({ ephemeral }) => ephemeral);
    const buttons = (list?.blocks ?? []).flatMap(
      ({ elements = [] }) => elements as { action_id?: string; value?: string }[],
    );
    const offered = buttons.filter(({ value }) => value?.endsWith(`/#${number + 1}`)).map((one) => one.action_id);
    expect(offered).to.include('item.ask-review.listed').and.not.include('item.done.listed');
    const ask = buttons.find((one) => one.action_id === 'item.ask-review.listed');
    const click = { as: 'ben', channel: 'launch', ts: list?.ts, actionId: ask?.action_id, value: ask?.value };
    await room.team.post('/practice/click', click);
    await room.team.quiet();
    const views = await room.team.get<{ id: string; title: { text: string } | null }[]>('/practice/views?as=ben');
    const form = views.find(({ title }) => title?.text === 'Ask for a review');
    await room.team.post('/practice/submit', { as: 'ben', viewId: form?.id, values: { note: 'In branch passkeys' } });
    await shows(`#${number + 1} Build: Passkeys – Ben Okafor, ${stop} · in review by Ada Lindqvist, round 1 of 3`);
    await room.act('approve', { task: `${number + 1}` });
    await room.act('complete_task', { task: `${number + 1}` });
    await shows(`#${number + 1} Build: Passkeys – Ben Okafor, ${stop} · Done`);
    await room.act('assign_task', { task: `${number + 3}`, assignee: 'chiara' });
    await shows(
      `#${number + 3} Decide on the release of: Passkeys – Chiara Rossi, after #${number + 1} and #${number + 2}`,
    );
  });

  it('is started by a reply to the mail of a question, for what that was about, and goes on by mail', async () => {
    await room.invites(MAJA, 'Maja Holm');
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: ['scribe'] });
    await room.act('add_member', { who: 'Maja Holm' }, pod.id);
    const text = 'Do you deliver on Sundays?';
    await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject: 'Delivery on Sundays', text, id: 'q' }));
    const [asked] = await room.mails(MAJA, (all) => all.length > 0);
    const answers = async (id: string, line: string) => {
      const before = (await room.boxWithoutInvitations(MAJA)).length;
      const headers = reply(asked as InBox);
      await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject: 'Re: Delivery', headers, id, text: line }));
      await room.team.quiet();
      const all = await room.boxWithoutInvitations(MAJA);
      return all
        .slice(before)
        .map((one) => one.text)
        .join('\n');
    };
    expect(await answers('w1', 'workflow customer-question (expert: Ada)')).to.include(
      'Nobody has the role researcher (Finds what is known about it), nor the role sender (Sends it to the customer, in their own name).',
    );
    await answers(
      'w2',
      'workflow customer-question (researcher: Ada, writer: Ada, expert: Maja Holm, sender: Maja Holm)',
    );
    const { tasks } = await room.act<{ tasks: Task[] }>('list_tasks', {}, pod.id);
    expect(tasks.map(({ title, assigneeName }) => `${title} | ${assigneeName}`)).to.include.members([
      'A customer’s question, from the mail to the answer: Delivery on Sundays | Maja Holm',
      'Find what we know about: Delivery on Sundays | Ada Lindqvist',
      'Send the answer to the customer: Delivery on Sundays | Maja Holm',
    ]);
    const step = (words: string) => `${tasks.find(({ title }) => title.startsWith(words))?.number}`;
    await room.act('complete_task', { task: step('Find what') }, pod.id);
    const answer = step('Write the answer');
    await room.act('put_file', { name: `answer-${answer}.md`, text: 'We do, from ten.' }, pod.id);
    await room.act('request_review', { task: answer }, pod.id);
    await answers('w-back', `#${answer} send back: From nine.`);
    expect(
      (await room.act<{ tasks: Task[] }>('list_tasks', {}, pod.id)).tasks.find(({ number }) => `${number}` === answer),
    ).to.have.property('review', 'sent back by Maja Holm, round 1 of 3');
    await room.act('put_file', { name: `answer-${answer}.md`, text: 'We do, from nine.', base: 1 }, pod.id);
    await room.act('request_review', { task: answer }, pod.id);
    await answers('w-good', `#${answer} approve`);
    await room.act('complete_task', { task: answer }, pod.id);
    await answers('w3', `#${step('Send the answer')} done: sent this morning`);
    await answers('w4', `#${step('A customer')} done`);
    const after = await room.act<{ tasks: Task[] }>('list_tasks', { state: 'done' }, pod.id);
    expect(after.tasks.map(({ title }) => title)).to.include(
      'A customer’s question, from the mail to the answer: Delivery on Sundays',
    );
  });
});
