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
    const roles = '(developer: @ben, security: ada, qa: ben, owner: @ada)';
    const started = await room.team.command('ada', 'launch', `/skein workflow change-to-release: Passkeys ${roles}`);
    const [, whole] =
      /change-to-release is started: #(\d+), with the steps #\d+ \(Ben Okafor\), #\d+ \(Ada/.exec(started) ?? [];
    expect(whole, started).to.be.a('string');
    const steps = (posts: { text: string }[]) =>
      posts.find(({ text }) => text.includes('Build: Passkeys – Ben Okafor'));
    const card = (await room.team.until('launch', '', (all) => all.some(({ text }) => text.includes('Passkeys')))).find(
      ({ text }) => text.includes('Passkeys'),
    );
    const thread = await room.team.until('launch', card?.ts ?? '', (all) => steps(all) !== undefined);
    const number = Number(whole);
    expect(steps(thread)?.text).to.include(
      `#${number + 2} Security of: Passkeys – Ada Lindqvist, after #${number + 1}`,
    );
    await room.act('complete_task', { task: `${number + 1}` });
    const refused = await room.team.command('ben', 'launch', `/skein complete_task --task ${number + 3}`);
    expect(refused).to.include(`#${number + 3} waits for #${number + 2}`);
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
    await answers('w2', 'workflow customer-question (researcher: Ada, writer: Ada, expert: Ada, sender: Maja Holm)');
    const { tasks } = await room.act<{ tasks: Task[] }>('list_tasks', {}, pod.id);
    expect(tasks.map(({ title, assigneeName }) => `${title} | ${assigneeName}`)).to.include.members([
      'A customer’s question, from the mail to the answer: Delivery on Sundays | Maja Holm',
      'Find what we know about: Delivery on Sundays | Ada Lindqvist',
      'Send the answer to the customer: Delivery on Sundays | Maja Holm',
    ]);
    const step = (words: string) => `${tasks.find(({ title }) => title.startsWith(words))?.number}`;
    for (const words of ['Find what', 'Write the answer', 'Is this answer'])
      await room.act('complete_task', { task: step(words) }, pod.id);
    await answers('w3', `#${step('Send the answer')} done: sent this morning`);
    await answers('w4', `#${step('A customer')} done`);
    const after = await room.act<{ tasks: Task[] }>('list_tasks', { state: 'done' }, pod.id);
    expect(after.tasks.map(({ title }) => title)).to.include(
      'A customer’s question, from the mail to the answer: Delivery on Sundays',
    );
  });
});
