// What changed: an agent hears it with its next turn, and people hear of an upload that was made from an older version.
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
import { aTeam, type Seen, type Team } from './team.ts';

const PRICES = { name: 'prices', description: 'What our bread costs.' };
const DAYS = 4 * 86_400;

interface Pressable {
  action_id: string;
  value: string;
  /** Absent for a menu. */
  text?: { text: string };
}

const buttonsIn = ({ blocks }: Seen) =>
  blocks.flatMap(({ elements, type }) => (type === 'actions' ? (elements as Pressable[]) : []));
const labels = (seen: Seen) => buttonsIn(seen).flatMap(({ text }) => text?.text ?? []);

describe('what changed', function () {
  this.timeout(120_000);
  let model: TestServer;
  let team: Team;
  const answers: ((call: Call) => void)[] = [];
  const waiting: Call[] = [];
  const answer = (next: (call: Call) => void) => {
    const call = waiting.shift();
    if (call) next(call);
    else answers.push(next);
  };
  const says = (words: string) => stream(start(), ...text(0, words), ...end('end_turn'));
  let uses = 0;
  const calls = (name: string, input: object) =>
    stream(start(), ...toolUse(0, JSON.stringify(input), { name, id: `toolu_${++uses}` }), ...end('tool_use'));
  const loads = () => calls('use_tool', { tool: 'load_skill', input: { name: 'prices' } });
  /** The newest user turn of the nth request, as the model reads it. */
  const asked = async (n: number): Promise<string> => {
    while (model.calls.length < n) await new Promise((resolve) => setTimeout(resolve, 10));
    const { messages } = JSON.parse(model.calls[n - 1]?.body ?? '{}');
    const content = messages.at(-1).content as { text?: string; content?: string }[];
    return content.map((one) => one.text ?? one.content ?? '').join('\n');
  };
  const prefixes = (n: number): string[] => {
    const { messages } = JSON.parse(model.calls[n - 1]?.body ?? '{}');
    return messages.map((one: { role: string; content: object[] }) =>
      JSON.stringify({ ...one, content: one.content.map((part) => ({ ...part, cache_control: undefined })) }),
    );
  };
  const act = <T>(as: string, action: string, input: object = {}, pod: string | undefined = 'launch') =>
    team.post<T>('/practice/act', { as, ...(pod ? { pod } : {}), action, input });
  const org = (as: string, action: string, input: object) => act(as, action, input, '');
  const upload = (as: string, lines: readonly string[]) =>
    team.post('/practice/upload', {
      ...{ as, channel: 'launch', name: 'plan.md' },
      content: Buffer.from(lines.join('\n')).toString('base64'),
    });

  beforeEach(async () => {
    answers.length = 0;
    waiting.length = 0;
    model = await serve((call) => {
      const next = answers.shift();
      if (next) next(call);
      else waiting.push(call);
    });
    team = await aTeam({ ANTHROPIC_API_KEY: 'sk-k', ANTHROPIC_BASE_URL: model.url });
    await team.command('ada', 'launch', '/skein pod new');
    await team.command('ben', 'launch', '/skein digest stop');
  });
  afterEach(async () => {
    await model.close();
    await team.stop();
  });

  it('a person corrects a skill while an agent that has loaded it is at work: its next answer uses the new text', async () => {
    await org('ada', 'update_skill', { ...PRICES, instructions: 'A loaf costs 9.50.' });
    await org('ada', 'attach_skill', { agent: 'scribe', skill: 'prices' });
    answer(loads());
    await team.post('/practice/profile', { as: 'ben', title: 'Head of sales' });
    await team.quiet();
    const thread = await team.say('ben', 'launch', '@scribe what does a loaf cost?');
    expect(await asked(1)).to.match(/<member name="Ben Okafor"[^>]* title="Head of sales"/);
    expect(await asked(2)).to.include('A loaf costs 9.50.');
    await org('ada', 'update_skill', { ...PRICES, instructions: 'A loaf costs 9.80.' });
    answer(calls('list_tasks', {}));
    const told = await asked(3);
    expect(told).to.match(/<changed what="skill" times="1">\n- .* Ada Lindqvist updated the skill prices/);
    expect(told).to.include('- A loaf costs 9.50.\n+ A loaf costs 9.80.').and.include('Load it anew');
    answer(loads());
    const anew = await asked(4);
    expect(anew).to.include('A loaf costs 9.80.').and.not.include('9.50');
    answer(says('A loaf costs 9.80.'));
    expect((await team.answer('launch', thread, 'Scribe')).text).to.include('9.80');
    for (const n of [3, 4]) expect(prefixes(n).slice(0, prefixes(n - 1).length)).to.deep.equal(prefixes(n - 1));
    // The same after a restart, in a later turn of the same thread.
    await team.quiet();
    await team.restart();
    await org('ada', 'update_skill', { ...PRICES, instructions: 'A loaf costs 10.' });
    await team.say('ben', 'launch', '@scribe and today?', thread);
    expect(await asked(5)).to.include('- A loaf costs 9.80.\n+ A loaf costs 10.');
    answer(says('10.'));
    await team.answer('launch', thread, 'Scribe', 2);
  });

  it('Ben uploads his old copy over Scribe’s new line: both hear, and Ben settles it with a button', async () => {
    const plan = ['# Plan', 'Order boxes.', 'Call the press.'];
    await upload('ben', plan);
    await team.quiet();
    answer(calls('read_file', { name: 'plan.md' }));
    const thread = await team.say('ada', 'launch', '@scribe add the van to the plan');
    await asked(2);
    answer(calls('put_file', { name: 'plan.md', text: [...plan, 'Book the van.'].join('\n'), base: 1 }));
    await asked(3);
    answer(says('Added.'));
    await team.answer('launch', thread, 'Scribe');
    await team.quiet();
    await upload('ben', plan);
    // Scribe hears in the thread where it wrote, with the name of the copy.
    const heard = await asked(4);
    expect(heard).to.match(/Ben Okafor uploaded “plan\.md”, made from an older version than Scribe's \(version 2\)/);
    expect(heard).to.match(/<changed what="file" times="1">[\s\S]*uploaded an older copy of the file/);
    answer(says('I look at both.'));
    await team.answer('launch', thread, 'Scribe', 2);
    const posts = (await team.messages('launch', thread)).map((seen) => seen.text);
    expect(posts.filter((one) => one.includes('made from an older version'))).to.have.length(1);
    // Ben hears where he is, with both names and what he can do.
    await team.quiet();
    await team.post('/practice/clock', { advance: DAYS });
    const notices = await team.until('app', '', (all) => all.some((one) => one.text.includes('plan.md')), 'ben');
    expect(notices.find((one) => one.text.includes('plan.md'))?.text)
      .to.match(/was made from an older version: \*?\*?Scribe\*?\*? had written a newer one/)
      .and.match(/yours is “plan \(Ben Okafor, \d{4}-\d\d-\d\d\)\.md”/);
    // Both versions stand.
    const { text: newest } = await act<{ text: string }>('ada', 'read_file', { name: 'plan.md' });
    expect(newest).to.include('Book the van.');
    const { files } = await act<{ files: { name: string }[] }>('ada', 'list_files');
    expect(files.filter(({ name }) => name.startsWith('plan (Ben Okafor'))).to.have.length(1);
    // Both are shown, in the thread and to Ben alone, with the line that differs.
    const told = notices.find((one) => one.text.includes('made from an older version')) as Seen;
    const inThread = async () =>
      (await team.messages('launch', thread)).find((one) => one.text.includes('made from an older version')) as Seen;
    expect(labels(told)).to.include.members(['Keep mine', "Keep Scribe's", 'Keep both']);
    expect(labels(await inThread())).to.deep.equal(["Keep Ben Okafor's", "Keep Scribe's", 'Keep both']);
    for (const one of [told, await inThread()])
      expect(JSON.stringify(one.blocks)).to.include('  Call the press.\\n- Book the van.');
    const { action_id: actionId, value } = buttonsIn(told).find(({ text }) => text?.text === 'Keep mine') as Pressable;
    await team.post('/practice/click', { as: 'ben', channel: 'app', ts: told.ts, actionId, value });
    // The post says by whom, the notice has no buttons any more, and Scribe hears it with the next turn.
    await team.until('launch', thread, (all) => all.some((one) => JSON.stringify(one.blocks).includes('Settled by')));
    const settled = await inThread();
    expect(JSON.stringify(settled.blocks)).to.include(
      "Settled by *Ben Okafor*: Ben Okafor's copy is the newest version",
    );
    expect(labels(settled)).to.deep.equal([]);
    await team.until(
      'app',
      '',
      (all) => all.some((one) => one.ts === told.ts && !labels(one).includes('Keep mine')),
      'ben',
    );
    expect(await act<{ text: string; file: object }>('ada', 'read_file', { name: 'plan.md' })).to.deep.include({
      text: plan.join('\n'),
    });
    expect(JSON.stringify(await org('ben', 'list_waiting', {}))).not.to.include('plan.md');
    // The digests of these days have asked the model too.
    for (const call of waiting.splice(0)) says('No.')(call);
    const before = model.calls.length;
    for (let n = 0; n < 3; n++) answers.push(says('On it.'));
    await team.say('ada', 'launch', '@scribe go on', thread);
    await team.answer('launch', thread, 'Scribe', 3);
    const news = model.calls.slice(before).map(({ body }) => body);
    expect(news.join()).to.match(/settled which version of the file “plan\.md” is right: the upload/);
  });
});
