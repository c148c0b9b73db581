// What people who live in mail can ask Skein in one line: answered at once, without an agent or a task.
import { expect } from 'chai';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';

const MAJA = 'maja@wildgoose.example';
const SKEIN = `skein@${HOME}`;

describe('one line by mail', function () {
  this.timeout(120_000);
  let room: MailRoom;
  let orchard: string;
  let n = 0;

  before(async () => {
    room = await aMailRoom();
    await room.invites(MAJA, 'Maja Brandt');
    await room.act('add_member', { who: 'Maja Brandt' });
    const { pod } = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Orchard' });
    orchard = pod.id;
    await room.act('add_member', { who: 'Maja Brandt' }, orchard);
    const cellar = await room.act<{ pod: { id: string } }>('create_pod', { name: 'Cellar' });
    await room.act('create_task', { title: 'Count the secret bottles' }, cellar.pod.id);
    await room.act('put_file', { name: 'secret.md', text: 'Nobody knows.' }, cellar.pod.id);
    await room.act('create_task', { title: 'Bake the rye', assignee: 'Maja Brandt', due: '2030-01-07' });
    await room.act('create_task', { title: 'Pick the pears' }, orchard);
    await room.act('create_task', { title: 'Dry the pears', depends_on: ['1'] }, orchard);
    await room.act('put_file', { name: 'plans/prices.md', text: 'Rye: 1.30 a kilo' }, orchard);
    await room.act('put_file', { name: 'prices.md', text: 'Rye: 1.10 a kilo' });
    await room.team.quiet();
  });
  after(() => room.stop());

  const said = ({ text }: InBox) =>
    (text.split('\n-- \n')[0] ?? '').replace(/[\w.+-]*\+re-[0-9a-z]{25}@[\w.-]+/g, '…').trim();
  /** What comes back. */
  const sends = async (to: string, subject: string, text = '', headers: string[] = []) => {
    const before = (await room.boxWithoutInvitations(MAJA)).length;
    await room.send(MAJA, to, aMail({ from: MAJA, to, id: `q-${++n}`, subject, text, headers }));
    await room.team.quiet();
    return (await room.boxWithoutInvitations(MAJA)).slice(before);
  };
  const asks = async (to: string, line: string) => {
    const tasks = [await room.tasks(), await room.tasks(orchard)];
    const all = await sends(to, line);
    expect(all.map(({ subject }) => subject)).to.deep.equal([`Re: ${line}`]);
    expect([await room.tasks(), await room.tasks(orchard)], 'no task is made of it').to.deep.equal(tasks);
    return all[0] as InBox;
  };

  it('says so to somebody who is in no pod yet, and how to get into one', async () => {
    const kim = 'kim@wildgoose.example';
    await room.invites(kim, 'Kim Berg');
    for (const line of ['tasks', 'runs', 'history since Monday', 'find rye price', 'file prices.md', 'help']) {
      await room.send(
        kim,
        SKEIN,
        aMail({ from: kim, to: SKEIN, id: `kim-${++n}`, subject: line, text: '', headers: [] }),
      );
      await room.team.quiet();
      const [answer] = (await room.boxWithoutInvitations(kim)).slice(-1);
      expect(answer?.subject).to.equal(`Re: ${line}`);
      const text = said(answer as InBox);
      if (line === 'help') expect(text).to.contain('“yesterday”');
      else expect(text, line).to.match(/^You are in no pod yet, so there is nothing to look through\./);
    }
  });

  it('“tasks” lists those of the pod that it is sent to, or of all pods; never those of another’s pod', async () => {
    expect(said(await asks(room.launch.mail, 'tasks'))).to.match(
      /^launch: \d+ tasks are not done\n\n(- #\d+ “[^\n]+\n)*- #\d+ “Bake the rye”: Maja Brandt, due Mon 7 Jan$/,
    );
    const all = said(await asks(SKEIN, 'Tasks'));
    expect(all)
      .to.contain('Bake the rye')
      .and.to.contain('Orchard: 2 tasks are not done\n\n- #1 “Pick the pears”: nobody yet\n')
      .and.to.contain('- #2 “Dry the pears”: nobody yet; waits for #1');
    expect(all).not.to.contain('secret');
    expect((await sends('cellar@pods.wildgoose.example', 'tasks')).map(said).join()).not.to.contain('secret');
  });

  it('“file NAME” brings it as an attachment, asks which one, and says where there is none', async () => {
    const one = await asks(room.launch.mail, 'file prices.md');
    expect(said(one)).to.match(/^prices\.md from launch is attached: version 1, by Ada Lindqvist, /);
    expect(one.raw).to.match(/Content-Disposition: attachment; filename=prices\.md/);
    expect(
      Buffer.from(/filename=prices\.md\r?\n\r?\n([A-Za-z0-9+/=]+)/.exec(one.raw)?.[1] ?? '', 'base64').toString(),
    ).to.equal('Rye: 1.10 a kilo');
    const which = said(await asks(SKEIN, 'file prices'));
    expect(which).to.contain('- prices.md in launch').and.to.contain('- plans/prices.md in Orchard');
    expect(said(await asks(SKEIN, 'file prices in Orchard'))).to.match(/^plans\/prices\.md from Orchard is attached/);
    const none = said(await asks(SKEIN, 'file secret.md'));
    expect(none).to.contain('There is no file “secret.md” in launch, Orchard.').and.not.to.contain('Cellar');
    // A sentence is a mail like any other.
    await sends(room.launch.mail, 'File taxes');
    expect(await room.tasks()).to.include('File taxes');
  });

  it('“history since …” tells what was done, on the reader’s own days, and says what is no day', async () => {
    const history = said(await asks(`orchard@${HOME}`, 'history since yesterday'));
    expect(history).to.match(/^Orchard, since \w{3} \d+ \w{3} \d{4}:\n\n- \w{3} \d+ \w{3}, \d\d:\d\d: Ada Lindqvist /);
    expect(history).to.contain('created #1 “Pick the pears”').and.not.to.contain('rye');
    expect(said(await asks(SKEIN, 'history since the move'))).to.match(/^“the move” is no day that Skein can read\. /);
  });

  it('“find …” shows what was written with the words, and a link to write there', async () => {
    await sends(room.launch.mail, 'Crates', 'The crates for the tasting stand in the yard.');
    const found = said(await asks(SKEIN, 'find crates tasting'));
    expect(found).to.match(/^Found with “crates tasting” in launch, Orchard:\n\n- \w+ in launch, by Maja Brandt, /);
    expect(found).to.match(/“[^”]*stand in the yard[^”]*” · Write there <…>/);
    expect(said(await asks(SKEIN, 'find bottles'))).to.match(/^Nothing was found with “bottles” in launch, Orchard\./);
  });

  it('“unsubscribe” says what can be ended, and ends nothing by itself', async () => {
    const told = said(await asks(room.launch.mail, 'unsubscribe'));
    expect(told).to.include('Nothing is changed yet.').and.include('launch').and.include('“leave”');
  });

  it('“help” is short, and lists what there is', async () => {
    const help = said(await asks(SKEIN, 'Help'));
    for (const line of ['waiting', 'tasks', 'file prices.md', 'find rye price', 'assign to Ben'])
      expect(help).to.contain(`- ${line}: `);
    expect(help.split('\n').length).to.be.below(30);
  });

  it('is a message where somebody waits for the words, and none of “Re: tasks” is a query', async () => {
    await sends(`orchard@${HOME}`, 'Printing', 'I go to the printer.');
    const { conversations } = await room.act<{ conversations: { id: string; title: string }[] }>(
      'read_conversation',
      { conversation: 'all' },
      orchard,
    );
    const conversation = conversations.find(({ title }) => title === 'Printing')?.id;
    await room.act('post_message', { conversation, text: '@Maja Brandt the recipes, or the tasks?' }, orchard);
    await room.team.quiet();
    const asked = (await room.boxWithoutInvitations(MAJA)).findLast(({ text }) =>
      text.includes('or the tasks?'),
    ) as InBox;
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(asked.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? '';
    await sends(to, `Re: ${asked.subject}`, 'Tasks.', reply(asked));
    const messages = async () => JSON.stringify(await room.act('read_conversation', { conversation }, orchard));
    expect(await messages()).to.contain('Tasks.');
    // Nobody waits any more: the same word is a query, and says so.
    const [answer] = await sends(to, `Re: ${asked.subject}`, 'tasks', reply(asked));
    expect(answer && said(answer))
      .to.contain('Pick the pears')
      .and.to.contain('nobody else has read your mail');
    const [thanks] = await sends(SKEIN, 'Re: tasks', 'Thank you');
    expect(thanks ? said(thanks) : '').not.to.contain('are not done');
  });

  it('“tasks” says of a long list how to get the rest', async () => {
    for (let n = 1; n <= 50; n++) await room.act('create_task', { title: `Jar ${n}` }, orchard);
    const to = `orchard@${HOME}`;
    expect(said(await asks(to, 'tasks'))).to.match(
      /^- and \d+ more; a mail “graph” to the pod lists them all, page by page$/m,
    );
    expect(said(await asks(to, 'graph 3')))
      .to.contain('Jar 50')
      .and.to.contain('Page 3 of 3');
  });
});
