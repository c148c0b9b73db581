// A task that repeats, as people meet it: the command, the notices, and the question whether it goes on.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import { dayAfterStart } from './midday.ts';
import type { Seen } from './team.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const MAJA = 'maja@orchard.example';
const TO = `orchard@${HOME}`;

describe('a task that repeats', function () {
  this.timeout(120_000);
  let room: MailRoom;

  before(async () => {
    room = await aMailRoom();
    await room.team.command('ben', 'launch', '/skein digest stop');
    const { tasks } = await room.act<{ tasks: { id: string }[] }>('list_tasks', { assignee: 'ben' });
    for (const { id } of tasks) await room.act('complete_task', { task: id });
  });
  after(() => room.stop());

  const labels = ({ blocks }: Seen) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as { type: string; text?: { text: string } }[]).flatMap(({ type, text }) =>
        type === 'button' ? [text?.text] : [],
      ),
    );
  const until = async (enough: (seen: Seen) => boolean): Promise<Seen> => {
    const seen = await room.team.until('app', '', (all) => all.some(enough), 'ben');
    return seen.findLast(enough) as Seen;
  };

  it('is set by a command, told to whoever has it, and its owner says whether it goes on', async () => {
    const { task } = await room.act<{ task: { number: number } }>('create_task', {
      title: 'Water the plants',
      assignee: 'ben',
    });
    const number = `#${task.number}`;
    expect(await room.team.command('ben', 'launch', '/skein repeat now and then')).to.include('Write a task’s number');
    expect(await room.team.command('ben', 'launch', `/skein repeat ${number} now and then`)).to.include(
      '“now and then” does not say on which days. Write, for example: day, working day,',
    );
    const set = await room.team.command('ben', 'launch', `/skein repeat ${number} every day at 14:00`);
    expect(set).to.match(
      new RegExp(`${number} repeats every day at 14:00 \\([A-Z][^)]+\\). It comes next on ${dayAfterStart(0)}`),
    );
    for (let day = 0; day < 3; day++) {
      await room.team.post('/practice/clock', { advance: DAY });
      await room.team.quiet();
    }
    // What came last is told a little later, in one message.
    await room.team.post('/practice/clock', { advance: HOUR });
    await until(({ text }) =>
      new RegExp(`${number}.* “Water the plants” in launch comes again, and it is with you\\.`).test(text),
    );
    const asked = await until(({ text }) => text.includes('Does it go on?'));
    expect(asked.text).to.match(
      /“Water the plants” in launch repeats every day at 14:00 \([^)]+\), and it is still open from 3 times before\. It is with Ben Okafor\. Does it go on\?/,
    );
    expect(labels(asked)).to.include.members(['Go on', 'End it']);
    const waits = await room.team.command('ben', 'launch', '/skein waiting');
    expect(waits).to.include(
      '“Water the plants” in launch repeats, and is still open from times before: does it go on?',
    );
    const ben = (await room.team.get<{ users: { id: string; name: string }[] }>('/practice/state')).users.find(
      ({ name }) => name.startsWith('Ben'),
    )?.id;
    await room.team.post('/practice/click', { as: ben, channel: 'app', ts: asked.ts, actionId: 'item.end-repeat' });
    await room.team.quiet();
    const over = await until(({ ts, text }) => ts === asked.ts && text.includes('Settled in'));
    expect(over.text).to.match(/Settled in .*launch.*, by you, /);
    expect(await room.team.command('ben', 'launch', `/skein repeat ${number} stop`)).to.include(
      `${number} does not repeat, so there is nothing to end.`,
    );
  });

  it('is set, and ended, by a reply by mail, which everybody reads in its thread', async () => {
    const pod = await orchard();
    const answers = async (id: string, text: string) => {
      const box = await room.boxWithoutInvitations(MAJA);
      const before = box.length;
      const asked = box[0] as InBox;
      await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject: 'Re: Prune', headers: reply(asked), id, text }));
      await room.team.quiet();
      const all = await room.boxWithoutInvitations(MAJA);
      return all
        .slice(before)
        .map((one) => one.text)
        .join('\n');
    };
    const said = async () => {
      type Found<T> = { conversations: T[]; messages: T[] };
      const all = await room.act<Found<{ id: string; title: string }>>(
        'read_conversation',
        { conversation: 'all' },
        pod,
      );
      const id = all.conversations.find(({ title }) => title === 'Prune')?.id;
      const { messages } = await room.act<Found<{ text: string }>>('read_conversation', { conversation: id }, pod);
      return messages.map(({ text }) => text);
    };
    expect(await answers('r1', 'repeat: every full moon')).to.include('“every full moon” does not say on which days.');
    expect(await answers('r2', 'stop repeating')).to.include('#1 does not repeat. “repeat every Monday” sets that.');
    await answers('r3', 'repeat every month on the 1st at 8:00');
    expect((await said()).find((text) => text.includes('repeats'))).to.match(
      /^Maja Holm set that #1 repeats on the 1st of every month at 08:00 \(UTC\), by mail\. It comes next on \w{3} 1 \w{3} \d{4}\.$/,
    );
    await answers('r4', 'stop repeating');
    expect(await said()).to.include('Maja Holm ended the repeats of #1, by mail.');
  });

  async function orchard(): Promise<string> {
    await room.invites(MAJA, 'Maja Holm');
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard', agents: ['scribe'] });
    await room.act('add_member', { who: 'Maja Holm' }, pod.id);
    await room.send(MAJA, TO, aMail({ from: MAJA, to: TO, subject: 'Prune', text: 'The trees', id: 'prune' }));
    await room.mails(MAJA, (all) => all.length > 0);
    await room.team.quiet();
    return pod.id;
  }
});
