// Whoever erases or edits words away is offered to have what is left of them forgotten, where they are: in Slack and by
// mail. What they answer there is done everywhere, and they read what nobody can take back.
import { expect } from 'chai';
import { skein } from '../../src/cli/skein.ts';
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
import { everywhere, gone } from './everywhere.ts';
import { aMailRoom, HOME, type InBox, type MailRoom, reply } from './mailroom.ts';
import { aMail } from './mails.ts';
import type { Seen } from './team.ts';

const MAJA = 'maja@mill.example';
const OLGA = 'olga@mill.example';
/** Longer than Skein waits for more items before it writes to a person. */
const SOON = 900;
/** From Monday noon to after the hour of Tuesday’s digests. */
const TO_MORNING = 21 * 3600;
const HAVE_IT =
  /^What you erased was also in (?:a digest mailed to one person\. Skein can’t take that|digests mailed to 2 people\. Skein can’t take those) back\.$/;
const ONE_HAS_IT = 'What you erased was also in a digest mailed to one person. Skein can’t take that back.';

interface Words {
  text: string;
}

describe('the offer to forget', function () {
  this.timeout(180_000);
  let model: TestServer;
  let room: MailRoom;
  let n: number;
  const answers: ((call: Call) => void)[] = [];
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_f${++n}` }), ...end('tool_use'));

  beforeEach(async () => {
    answers.length = 0;
    n = 0;
    model = await serve((call) =>
      (call.body.includes('<fact n=') ? says('Done.') : (answers.shift() ?? says('Done.')))(call),
    );
    room = await aMailRoom({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    for (const [email, name] of [
      [MAJA, 'Maja Holm'],
      [OLGA, 'Olga Reis'],
    ] as const) {
      await room.invites(email, name);
      await room.act('add_member', { who: name });
    }
    await room.team.command('ben', 'launch', '/skein digest stop');
    await room.team.quiet();
  });
  afterEach(async () => {
    await room.stop();
    await model.close();
  });

  const pass = async (seconds: number) => {
    await room.team.post('/practice/clock', { advance: seconds });
    await room.team.quiet();
  };
  /** Until Olga has a digest by mail with these words. */
  const digestHas = async (words: string) => {
    // Slack has the words before the log has them.
    const isHeard = async () => (await room.act<{ found: object[] }>('search_pod', { query: words })).found.length > 0;
    for (const end = Date.now() + 20_000; !(await isHeard()); await new Promise((done) => setTimeout(done, 25)))
      if (Date.now() > end) throw new Error(`not heard in time: ${words}`);
    await room.team.quiet();
    await pass(TO_MORNING);
    await room.mails(OLGA, (all) => all.some((one) => one.messageId.includes('.digest') && one.text.includes(words)));
  };
  const toBen = (ts: string, enough: (all: Seen[]) => boolean) => room.team.until('app', ts, enough, 'ben');
  const notice = async (words: string): Promise<Seen> => {
    const one = (seen: Seen) => seen.text.includes(words);
    return (await toBen('', (all) => all.some(one))).findLast(one) as Seen;
  };
  /** Each button, with the words that stand above it. */
  const buttonsOf = ({ blocks }: Seen) => {
    let of = '';
    return blocks.flatMap(({ elements = [], accessory = [], text: words }) => {
      of = (words as { text: string } | undefined)?.text ?? of;
      const all = [elements, accessory].flat() as { type: string; action_id: string; value: string; text: Words }[];
      return all.filter(({ type }) => type === 'button').map((one) => ({ ...one, label: one.text.text, of }));
    });
  };
  const press = async (seen: Seen, chosen: (label: string, of: string) => boolean) => {
    const button = buttonsOf(seen).find(({ label, of }) => chosen(label, of));
    if (!button) throw new Error(`There is no such button in ${JSON.stringify(seen.blocks)}`);
    const click = { channel: 'app', ts: seen.ts, actionId: button.action_id, value: button.value };
    await room.team.post('/practice/click', { as: 'ben', ...click });
    await room.team.quiet();
  };
  const edit = (ts: string, words: string) =>
    room.team.post('/practice/edit', { as: 'ben', channel: room.launch.channel, ts, text: words });
  /** Maja has no Slack: she edits and erases by the command line. */
  const asMaja = async <T>(action: string, input: Record<string, string>): Promise<T> => {
    let out = '';
    const shows = (words: string) => {
      out += words;
    };
    const io = { env: { SKEIN_DATA_DIR: room.team.dir }, home: room.team.dir, stdin: async () => '' };
    const flags = Object.entries(input).flatMap(([name, value]) => [`--${name}`, value]);
    const command = [action, '--as', 'Maja Holm', '--pod', room.launch.pod, '--json', ...flags];
    expect(await skein({ ...io, out: shows, err: shows }, command), out).to.equal(0);
    await room.team.quiet();
    return (JSON.parse(out) as { result: T }).result;
  };

  it('is answered in Slack by a button, and in words below it; whoever erases reads who has it in a digest by mail', async () => {
    const { channel } = room.launch;
    const said: string[] = [];
    for (const words of ['Zanzibar', 'Tangier', 'Malacca'])
      said.push(await room.team.say('ben', channel, `@olga the vault opens with ${words}`));
    await digestHas('Malacca');
    const [first = '', second = '', third = ''] = said;

    await room.team.post('/practice/delete', { as: 'ben', channel, ts: first });
    const toHim = (all: Seen[]) => all.filter((one) => HAVE_IT.test(one.text) && one.ephemeral === true);
    await room.team.until(channel, '', (all) => toHim(all).length === 1, 'ben');
    await gone(room, /zanzibar/i, 'zanzibar');

    await edit(second, '@olga the vault is closed');
    await room.team.quiet();
    await room.act('create_task', { title: 'Weigh the boxes', assignee: 'ben' });
    await room.team.quiet();
    await pass(SOON);
    const offered = await notice('You changed your message');
    expect(JSON.stringify(offered)).not.to.match(/tangier/i);
    await press(offered, (label) => label === 'Forget it too');
    await toBen('', (all) => toHim(all).length === 1);
    await gone(room, /tangier/i, 'tangier');

    await edit(third, '@olga the vault is open');
    await room.team.quiet();
    await room.act('create_task', { title: 'Count the boxes', assignee: 'ben' });
    await room.team.quiet();
    await pass(SOON);
    const again = await notice('Count the boxes');
    await room.team.say('ben', 'app', 'forget', again.ts);
    const which = (await toBen(again.ts, (all) => all.some((one) => one.text.includes('Which of these')))).at(
      -1,
    ) as Seen;
    await press(which, (label, of) => label === 'This one' && of.includes('You changed your message'));
    await toBen('', (all) => all.some((one) => one.text.includes('Forgotten too by you')));
    await gone(room, /malacca/i, 'malacca');
    const { channel: shown } = await everywhere(room, 'vault');
    expect(shown).to.include('the vault is closed').and.to.include('the vault is open');
  });

  /** Replies as mail programs do, with the whole mail below. */
  const replies = async (mail: InBox, words: string) => {
    const to = /^Reply-To: .*?([\w.+-]+@[\w.-]+)/im.exec(mail.raw.replace(/\r?\n[ \t]+/g, ' '))?.[1] ?? `skein@${HOME}`;
    const quoted = mail.text.split('\n').map((line) => `> ${line}`);
    const body = [words, '', 'On Mon, 7 Jan 2030 at 09:00, Skein <skein@example> wrote:', ...quoted].join('\r\n');
    const more = { subject: `Re: ${mail.subject}`, id: `f-${++n}`, text: body, headers: reply(mail) };
    await room.send(MAJA, to, aMail({ from: MAJA, to, ...more }));
    await room.team.quiet();
  };
  const isWord = (words: string) => (one: InBox) => !one.messageId.includes('.digest') && one.text.includes(words);
  const mailed = async (words: string) =>
    (await room.mails(MAJA, (all) => all.some(isWord(words)))).findLast(isWord(words)) as InBox;
  /** Maja writes it, and Scribe makes a note from it. */
  const writes = async (words: string, note: string) => {
    answers.push(calls('record_decision', { decision: note }), says('Noted.'));
    const { message } = await asMaja<{ message: { id: string } }>('start_conversation', {
      title: 'The vault',
      text: `@scribe @olga ${words}`,
    });
    await room.team.quiet();
    return message.id;
  };

  it('is answered by mail: what is to be forgotten goes everywhere, and what is kept stays', async () => {
    const first = await writes('the vault opens with Zanzibar', 'The word is an island.');
    const second = await writes('the cellar opens with Tangier', 'The other word is a port.');
    await digestHas('Tangier');
    expect((await everywhere(room, 'island')).notebook)
      .to.include('an island')
      .and.to.include('a port');

    await asMaja('edit_message', { message: second, text: '@olga the cellar is closed' });
    await room.team.quiet();
    await room.act('create_task', { title: 'Weigh the boxes', assignee: 'Maja Holm' });
    await room.team.quiet();
    await pass(SOON);
    const kept = await mailed('a note by Scribe: “The other word is a port.”');
    const [, other] = /Reply “#(\d+) forget”/.exec(kept.text) ?? [];
    await replies(kept, `#${other} keep`);
    expect(JSON.stringify(await asMaja('list_waiting', { limit: '50' }))).not.to.include('made_from');
    expect((await everywhere(room, 'port')).notebook).to.include('a port');

    await asMaja('edit_message', { message: first, text: '@olga the vault is closed' });
    await room.team.quiet();
    await room.act('create_task', { title: 'Count the boxes', assignee: 'Maja Holm' });
    await room.team.quiet();
    await pass(SOON);
    const offered = await mailed('“The word is an island.”');
    expect(offered.text)
      .to.include('a note by Scribe: “The word is an island.”')
      .and.not.to.match(/zanzibar/i);
    const [, number] = /Reply “#(\d+) forget”/.exec(offered.text) ?? [];
    await replies(offered, `#${number} forget`);
    await mailed(ONE_HAS_IT);
    await gone(room, /zanzibar|island/i, 'zanzibar');

    const third = await writes('the attic opens with Malacca', 'The third word is a strait.');
    await asMaja('redact', { what: third });
    await room.team.quiet();
    await pass(SOON);
    const alone = await mailed('“The third word is a strait.”');
    expect(alone.text).to.match(
      /^Scribe made 2 things from what you erased in launch\.[\s\S]*Reply “forget” and all of them are erased too/,
    );
    await replies(alone, 'Forget it.');
    await gone(room, /malacca|strait/i, 'strait');
  });
});
