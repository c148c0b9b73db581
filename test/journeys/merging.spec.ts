// Two tasks about the same work become one, and come apart again: in Slack, by mail, and with the button of a mail that
// two people forwarded.
import { expect } from 'chai';
import { aMailRoom, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const MAJA = 'maja@mill.example';
const OTTO = 'otto@mill.example';
/** Longer than an acknowledgement waits for an answer, and a mail for others of its conversation. */
const GATHERED = 660;

describe('two tasks about the same work', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let n = 0;

  beforeEach(async () => {
    room = await aMailRoom();
    for (const [email, name] of [
      [MAJA, 'Maja Holm'],
      [OTTO, 'Otto Berg'],
    ] as const) {
      await room.invites(email, name);
      await room.act('add_member', { who: name });
    }
    await room.team.quiet();
  });
  afterEach(() => room.stop());

  interface Shown {
    title: string;
    number: number;
    state: string;
    assignee?: string;
    files?: unknown[];
  }
  const task = async (number: number) =>
    (await room.act<{ tasks: Shown[] }>('list_tasks', { state: 'all' })).tasks.find((one) => one.number === number);
  const headOf = ({ blocks }: Seen) => (blocks[0]?.text as { text: string } | undefined)?.text ?? '';
  const card = async (words: RegExp): Promise<Seen> => {
    const one = (seen: Seen) => words.test(headOf(seen));
    return (await room.team.until('launch', '', (all) => all.some(one))).find(one) as Seen;
  };
  const create = async (title: string, assignee: string) => {
    const { task: made } = await room.act<{ task: { id: string; number: number } }>('create_task', { title, assignee });
    await room.team.quiet();
    return made;
  };
  const later = async (seconds: number) => {
    await room.team.post('/practice/clock', { advance: seconds });
    await room.team.quiet();
  };

  it('are merged by a command in Slack: the cards say so, and a button undoes it', async () => {
    const hall = await create('Book the hall', 'scribe');
    const same = await create('Get the hall', 'pilot');
    await room.act('put_file', { name: 'plan.md', text: 'Rye.' });
    await room.act('attach_file', { task: same.id, file: 'plan.md' });
    await room.team.quiet();
    const said = await room.team.command(
      'ben',
      'launch',
      `/skein merge_tasks --task ${same.number} --into ${hall.number}`,
    );
    expect(said).to.match(/^Done: you merged #\d+ “Get the hall” in/);
    const joined = await card(new RegExp(`Get the hall\\*\\n\\*Joined to #${hall.number}\\*`));
    await room.team.quiet();
    expect(await task(hall.number))
      .to.have.property('files')
      .with.length(1);
    expect(await task(same.number)).to.include({ state: 'done' });

    await room.team.post('/practice/click', {
      as: 'chiara',
      channel: 'launch',
      ts: joined.ts,
      actionId: 'item.reopen',
    });
    await card(/Get the hall\*\n\*(?:To do|In progress)\* · with Pilot/);
    await room.team.quiet();
    expect(await task(hall.number)).not.to.have.property('files');
    expect(await task(same.number))
      .to.have.property('files')
      .with.length(1);
  });

  const box = (who: string) => room.boxWithoutInvitations(who);
  const writes = async (from: string, subject: string, text: string) => {
    const more = { subject, text, id: `m-${++n}` };
    await room.send(from, room.launch.mail, aMail({ from, to: room.launch.mail, ...more }));
    await room.team.quiet();
  };
  const replies = async (mail: InBox, words: string, from: string) => {
    const to =
      /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? room.launch.mail;
    const quoted = mail.text.split('\n').map((line) => `> ${line}`);
    const text = [words, '', 'On Mon, 7 Jan 2030 at 09:00, Skein <skein@example> wrote:', ...quoted].join('\r\n');
    const more = { subject: mail.subject, id: `r-${++n}`, text, headers: reply(mail) };
    await room.send(from, to, aMail({ from, to, ...more }));
    await room.team.quiet();
  };

  it('are merged by a reply by mail: whoever follows the one reads it, and a reply undoes it', async () => {
    await writes(OTTO, 'Rye flour', 'Please order forty bags.');
    await writes(MAJA, 'Flour for bread', 'Please order forty bags of rye.');
    await later(GATHERED);
    const [his = 0, hers = 0] = await Promise.all(
      ['Rye flour', 'Flour for bread'].map(async (words) => {
        const { tasks } = await room.act<{ tasks: Shown[] }>('list_tasks', { state: 'all' });
        return tasks.find(({ title }) => title === words)?.number;
      }),
    );
    const ack = (await box(MAJA)).find(({ subject }) => subject.includes('Flour for bread')) as InBox;
    await replies(ack, `merge #${hers} into #${his}`, MAJA);
    await later(GATHERED);
    expect(await task(hers)).to.include({ state: 'done' });
    const says = `Maja Holm merged #${hers} into #${his}, by mail. “reopen #${hers}” undoes it.`;
    const having = async (who: string) => (await box(who)).filter(({ text }) => text.includes(says));
    expect(await having(OTTO), 'Otto, who follows the other').to.have.length(1);
    expect(await having(MAJA), 'not again to whoever did it').to.deep.equal([]);
    await replies(ack, `reopen #${hers}`, MAJA);
    await later(GATHERED);
    expect((await task(hers))?.state).not.to.equal('done');
    const undone = (await box(OTTO)).filter(({ text }) => text.includes(`Maja Holm reopened #${hers}, by mail.`));
    expect(undone, 'Otto hears of that, too').to.have.length(1);
  });

  it('were one because two people forwarded the same mail: a button in Slack makes the second a task of its own', async () => {
    const offer =
      'We can deliver forty boxes of Cox apples on Monday morning, at the price that we agreed on in spring.';
    const forwards = async (from: string, words: string) => {
      const head = [
        '---------- Forwarded message ---------',
        'From: Mill <mill@cox.example>',
        'Subject: Cox apples',
        '',
      ];
      await writes(from, 'Fwd: Cox apples', [words, '', ...head, offer].join('\r\n'));
    };
    await forwards(MAJA, 'Please check this price.');
    await forwards(OTTO, 'Can we afford it?');
    await later(GATHERED);
    const root = (await room.team.messages('launch')).find(({ text }) =>
      text.includes('Please check this price'),
    ) as Seen;
    const thread = await room.team.until('launch', root.ts, (all) => all.some(({ text }) => text.includes('afford')));
    const joined = thread.find(({ text }) => text.includes('afford')) as Seen;
    expect(joined.text).to.match(/_The mail of task #\d+ once more_$/);
    const before = (await box(OTTO)).length;
    await room.team.post('/practice/click', { as: 'ben', channel: 'launch', ts: joined.ts, actionId: 'mail.separate' });
    await room.team.quiet();
    await later(GATHERED);
    const now = (await room.team.messages('launch', root.ts)).find(({ ts }) => ts === joined.ts) as Seen;
    const [, number] = /_This mail is task #(\d+) now_$/.exec(now.text) ?? [];
    expect(JSON.stringify(now.blocks)).not.to.include('mail.separate');
    await card(new RegExp(`^\\*#${number} Cox apples\\*\\n.* with Pilot · from Ben Okafor`));
    const [mail, ...more] = (await box(OTTO)).slice(before);
    expect(mail?.text, 'Otto hears of it in one mail')
      .to.include(`I have #${number}. No member wrote it`)
      .and.include(`Ben Okafor made a task of its own of the mail from Otto Berg: #${number}.`);
    expect(more).to.deep.equal([]);
  });
});
