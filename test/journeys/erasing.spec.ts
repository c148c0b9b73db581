// Erased means gone: a message is deleted in Slack after an agent has answered it, kept a note and made a task. The words
// are searched for wherever Skein and Slack have any, and on the disk.
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
import { everywhere, gone, onDisk } from './everywhere.ts';
import { aMailRoom, type MailRoom } from './mailroom.ts';
import type { Seen } from './team.ts';

/** Longer than Skein waits for more items before it writes to a person. */
const SOON = 900;
const QUOTED = /zanzibar|harbour/i;
const MADE = /island/i;

describe('a message that is deleted', function () {
  this.timeout(180_000);
  let model: TestServer;
  let room: MailRoom;
  const answers: ((call: Call) => void)[] = [];
  let uses = 0;
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_e${++uses}` }), ...end('tool_use'));

  beforeEach(async () => {
    answers.length = 0;
    model = await serve((call) =>
      (call.body.includes('<fact n=') ? says('Done.') : (answers.shift() ?? says('Done.')))(call),
    );
    room = await aMailRoom({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    await room.team.command('ben', 'launch', '/skein digest stop');
    await room.team.quiet();
  });
  afterEach(async () => {
    await room.stop();
    await model.close();
  });

  const buttons = ({ blocks }: Seen): { action_id: string; value: string; text: { text: string } }[] =>
    blocks
      .flatMap(({ elements = [], accessory = [] }) => [elements, accessory].flat() as { type: string }[])
      .filter(({ type }) => type === 'button') as never[];
  const notice = async (enough: (seen: Seen) => boolean): Promise<Seen> => {
    const seen = await room.team.until('app', '', (all) => all.some(enough), 'ben');
    return seen.findLast(enough) as Seen;
  };
  const press = async (seen: Seen, label: string) => {
    const button = buttons(seen).find((one) => one.text.text === label);
    if (!button) throw new Error(`There is no button “${label}” in ${JSON.stringify(seen.blocks)}`);
    const click = { channel: 'app', ts: seen.ts, actionId: button.action_id, value: button.value };
    await room.team.post('/practice/click', { as: 'ben', ...click });
    await room.team.quiet();
  };
  /** A digest that Chiara has in Slack by now. */
  const digest = async () => {
    await room.team.command('chiara', 'launch', '/skein digest now');
    await room.team.until('app', '', (all) => all.some((one) => one.text.startsWith('Your digest')), 'chiara');
  };

  it('takes its quotes along at once, and what was made from it once its author says so', async () => {
    // What waited for him before is told first.
    await room.team.post('/practice/clock', { advance: SOON });
    await room.team.quiet();
    answers.push(
      calls('record_decision', { decision: 'We buy from Zanzibar Crates of Harbour Street. It was agreed.' }),
      calls('record_decision', { decision: 'The boxes come by ship from an island firm.' }),
      calls('create_task', { title: 'Write to the island firm', assignee: 'ada' }),
      says('Noted: the supplier is Zanzibar Crates of Harbour Street. I order now.'),
    );
    const said = '@scribe the supplier is Zanzibar Crates of Harbour Street, write it down';
    const root = await room.team.say('ben', room.launch.channel, said);
    await room.team.until(room.launch.channel, root, (all) => all.some((one) => one.text.includes('I order now')));
    await digest();
    const before = await everywhere(room, 'zanzibar');
    for (const where of ['search', 'history', 'notebook', 'conversations', 'channel', 'digests'] as const)
      expect(before[where], where).to.match(QUOTED);
    expect(before.tasks).to.match(MADE);
    await room.team.post('/practice/delete', { as: 'ben', channel: room.launch.channel, ts: root });
    const quoted = await gone(room, QUOTED, 'zanzibar');
    expect(quoted.channel).to.include('I order now');
    expect(quoted.notebook).to.match(MADE);

    // He hears of it with what he is told anyway, and in no message of its own.
    await room.team.post('/practice/clock', { advance: SOON });
    await room.team.quiet();
    const own = await room.team.messages('app', '', 'ben');
    expect(own.filter((seen) => seen.text.includes('what you erased'))).to.deep.equal([]);
    await room.act('create_task', { title: 'Weigh the boxes', assignee: 'ben' });
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: SOON });
    const told = await notice((seen) => seen.text.includes('made 2 things from what you erased'));
    expect(told.text).to.include('Weigh the boxes');
    expect(JSON.stringify(told)).not.to.match(QUOTED);
    expect(buttons(told).map((one) => one.text.text)).to.include.members([
      'Forget no. 1',
      'Forget no. 2',
      'Forget all 2 too',
      'Keep them',
    ]);
    await press(told, 'Forget all 2 too');
    const over = await notice((seen) => seen.text.includes('Forgotten too by you'));
    expect(over.ts, 'the same message').to.equal(told.ts);
    expect(JSON.stringify(over)).not.to.match(MADE);
    await gone(room, MADE, 'island');

    const asked = model.calls.length;
    const next = await room.team.say('ben', room.launch.channel, '@scribe who delivers the boxes?');
    await room.team.until(room.launch.channel, next, (all) => all.some((one) => one.text.includes('Done.')));
    const requests = model.calls.slice(asked).map(({ body }) => body);
    expect(requests).not.to.deep.equal([]);
    for (const body of requests) expect(body).not.to.match(QUOTED).and.not.to.match(MADE);
    if (!room.team.database) {
      expect(await onDisk(room, QUOTED)).to.deep.equal([]);
      expect(await onDisk(room, MADE)).to.deep.equal([]);
    }
  });

  it('that is edited is the same to its author: they are asked, and what they choose goes everywhere', async () => {
    await room.team.post('/practice/clock', { advance: SOON });
    await room.team.quiet();
    answers.push(
      calls('record_decision', { decision: 'We buy from Zanzibar Crates of Harbour Street. It was agreed.' }),
      calls('record_decision', { decision: 'The boxes come by ship from an island firm.' }),
      calls('create_task', { title: 'Write to the island firm', assignee: 'ada' }),
      says('Noted: the supplier is Zanzibar Crates of Harbour Street. I order now.'),
    );
    const channel = room.launch.channel;
    const said = '@scribe the supplier is Zanzibar Crates of Harbour Street, write it down';
    const root = await room.team.say('ben', channel, said);
    await room.team.until(channel, root, (all) => all.some((one) => one.text.includes('I order now')));
    const edit = { as: 'ben', channel, ts: root, text: '@scribe the supplier is a secret, write it down' };
    await room.team.post('/practice/edit', edit);
    await room.team.quiet();
    await room.act('create_task', { title: 'Weigh the boxes', assignee: 'ben' });
    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: SOON });
    const told = await notice((seen) => seen.text.includes('You changed your message'));
    expect(JSON.stringify(told)).to.include('the supplier is a secret').and.not.to.match(QUOTED);
    const before = await everywhere(room, 'zanzibar');
    expect(before.notebook, 'nothing goes before he says so').to.match(QUOTED);
    await press(told, 'Forget no. 2');
    await gone(room, /by ship from an island/i, 'ship');
    await press(await notice((seen) => seen.ts === told.ts), 'Forget all 2 too');
    const all = await gone(room, /zanzibar|harbour|island/i, 'zanzibar');
    expect(all.channel).to.include('the supplier is a secret').and.to.include('I order now');

    const asked = model.calls.length;
    const next = await room.team.say('ben', channel, '@scribe who delivers the boxes?');
    await room.team.until(channel, next, (seen) => seen.some((one) => one.text.includes('Done.')));
    for (const { body } of model.calls.slice(asked)) expect(body).not.to.match(QUOTED).and.not.to.match(MADE);
    if (!room.team.database) expect(await onDisk(room, /zanzibar|harbour|island/i)).to.deep.equal([]);
  });

  it('takes the file along that came with it, or asks first where a task has it', async () => {
    const channel = room.launch.channel;
    const CONTENT = /cinnamon|ladder/i;
    const upload = async (name: string, content: string): Promise<string> => {
      await room.team.post('/practice/upload', {
        ...{ as: 'ben', channel, name, content: Buffer.from(content).toString('base64') },
      });
      const seen = await room.team.until(channel, '', (all) =>
        all.some(({ files }) => files.length > 0 && has(files, name)),
      );
      await room.team.quiet();
      return seen.find(({ files }) => has(files, name))?.ts ?? '';
    };
    const has = (files: readonly unknown[], name: string) => JSON.stringify(files).includes(name);
    const listed = async () => JSON.stringify(await room.act('list_files'));
    const alone = await upload('cinnamon.txt', 'Cinnamon is dear.');
    const used = await upload('ladder.txt', 'The ladder is long.');
    for (const end = Date.now() + 30_000; !/ladder/.test(await listed()) && Date.now() < end; ) await room.team.quiet();
    const { task } = await room.act<{ task: { id: string } }>('create_task', { title: 'Carry it', assignee: 'ben' });
    await room.act('attach_file', { task: task.id, file: 'ladder.txt' });

    for (const ts of [alone, used]) await room.team.post('/practice/delete', { as: 'ben', channel, ts });
    await gone(room, /cinnamon/i, 'cinnamon');
    expect(await listed(), 'it stays until Ben answers').to.include('ladder.txt');

    await room.team.quiet();
    await room.team.post('/practice/clock', { advance: SOON });
    const told = await notice((seen) => seen.text.includes('came with the message that you erased'));
    expect(told.text)
      .to.include('ladder.txt')
      .and.not.to.match(/cinnamon/i);
    await press(told, 'Forget it too');
    await gone(room, CONTENT, 'ladder');
    if (!room.team.database) expect(await onDisk(room, CONTENT)).to.deep.equal([]);
  });
});
