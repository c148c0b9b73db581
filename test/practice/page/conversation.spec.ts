import { expect } from 'chai';
import { elements, info, load, short, textIn } from './load.ts';

const at = (day: number, hour: number, minute = 0): string =>
  (new Date(2026, 10, day, hour, minute).getTime() / 1_000).toFixed(6);
const said = (ts: string, more: object = {}) => ({
  ts,
  user: 'U0ADA',
  username: 'Ada Lindqvist',
  text: 'hello',
  blocks: [],
  ...more,
});

describe('a conversation on the practice page', () => {
  it('joins what one person says within five minutes, and begins each day with a line', async () => {
    const { timeline } = await load('chat/timeline.js');
    const messages = [
      said(at(18, 10)),
      said(at(19, 10)),
      said(at(20, 10)),
      said(at(20, 10, 4)),
      said(at(20, 10, 10)),
      said(at(20, 10, 11), { username: 'Scribe' }),
      said(at(20, 10, 12), { username: 'Scribe', ephemeral: true }),
    ];
    const shown = timeline(messages, new Date(2026, 10, 20, 12)).map(
      (item: { kind: string; label: string; joined: boolean }) => (item.kind === 'day' ? item.label : item.joined),
    );
    expect(shown).to.deep.equal([
      'Wednesday 18 November',
      false,
      'Yesterday',
      false,
      'Today',
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('keeps replies in their threads, and counts them', async () => {
    const { replies, rootsOf, threadOf } = await load('chat/timeline.js');
    const messages = [
      said('1.0', { thread_ts: '1.0' }),
      said('2.0', { thread_ts: '1.0' }),
      said('3.0', { thread_ts: '1.0', username: 'Scribe' }),
      said('4.0', { thread_ts: '1.0', ephemeral: true }),
      said('5.0', { thread_ts: '1.0', subtype: 'thread_broadcast' }),
      said('6.0'),
    ];
    const ts = (all: { ts: string }[]) => all.map((one) => one.ts);
    expect(ts(rootsOf(messages))).to.deep.equal(['1.0', '5.0', '6.0']);
    expect(ts(threadOf(messages, '1.0'))).to.deep.equal(['1.0', '2.0', '3.0', '4.0', '5.0']);
    expect([...replies(messages)]).to.deep.equal([
      ['1.0', { count: 3, names: ['Ada Lindqvist', 'Scribe'], last: '5.0', forMe: false }],
    ]);
  });

  it('marks the threads in which somebody named me since I last spoke there', async () => {
    const { replies } = await load('chat/timeline.js');
    const asked = said('2.0', { thread_ts: '1.0', user: 'U0BEN', text: '<@U0ADA> brown or green?' });
    const also = said('3.0', { thread_ts: '1.0', user: 'U0BEN', text: 'Today, please.' });
    const answered = said('4.0', { thread_ts: '1.0', user: 'U0ADA', text: 'Green.' });
    const isForMe = (messages: object[], me: string) => replies(messages, me).get('1.0').forMe;
    expect(isForMe([asked, also], 'U0ADA')).to.equal(true);
    expect(isForMe([asked, also], 'U0CHI')).to.equal(false);
    expect(isForMe([asked, also, answered], 'U0ADA')).to.equal(false);
  });

  it("shows of the app's one DM what concerns the agent", async () => {
    const { partOf } = await load('chat/timeline.js');
    const messages = [
      said('1.0', { text: '@scribe draft it' }),
      said('2.0', { thread_ts: '1.0', text: 'done', username: 'Scribe' }),
      said('3.0', { text: '@scribes or a@scribe' }),
      said('4.0', { text: 'news', username: 'Scribe' }),
    ];
    expect(partOf(messages, { handle: 'scribe', name: 'Scribe' }).map((one: { ts: string }) => one.ts)).to.deep.equal([
      '1.0',
      '2.0',
      '4.0',
    ]);
  });

  it('reads again only what a change concerns', async () => {
    const { toRead } = await load('refresh.js');
    const page = { me: 'U0ADA', here: 'C0LAUNCH', channels: new Set(['C0LAUNCH', 'C0OTHER']) };
    const cases: [object, object, object][] = [
      [{ kind: 'posted', channel: 'C0LAUNCH', ts: '2', thread: '1' }, {}, { messages: true, thread: '1' }],
      [{ kind: 'posted', channel: 'C0OTHER', ts: '2' }, {}, { unread: 'C0OTHER' }],
      [{ kind: 'posted', channel: 'D0ADA', ts: '2' }, {}, { dms: true }],
      [
        { kind: 'posted', channel: 'D0ADA', ts: '2' },
        { here: 'dm:scribe' },
        { messages: true, dms: true, thread: '2' },
      ],
      [{ kind: 'whispered', channel: 'C0LAUNCH', user: 'U0BEN' }, {}, {}],
      [{ kind: 'whispered', channel: 'C0LAUNCH', user: 'U0ADA' }, {}, { messages: true }],
      [{ kind: 'status-set', channel: 'C0LAUNCH', thread: '1' }, {}, { thread: '1' }],
      [{ kind: 'channel-made', channel: 'C0NEW' }, {}, { state: true }],
      [{ kind: 'view-set', user: 'U0ADA' }, {}, { views: true }],
      [{ kind: 'view-set', user: 'U0BEN' }, {}, {}],
      [
        { kind: 'commit', pod: 'p_1', seq: 2 },
        { pod: 'p_1', knownPods: new Set(['p_1']) },
        { pod: true, mail: true, waiting: true },
      ],
      [
        { kind: 'commit', pod: 'p_2', seq: 2 },
        { pod: 'p_1', knownPods: new Set(['p_1']) },
        { pods: true, mail: true, waiting: true },
      ],
    ];
    const nothing = { state: false, messages: false, views: false, dms: false };
    for (const [notice, where, read] of cases)
      expect(toRead(notice, { ...page, ...where }), JSON.stringify(notice)).to.deep.equal({ ...nothing, ...read });
  });

  it('says in a line who is at work', async () => {
    const { statusLine } = await load('refresh.js');
    expect(statusLine({ status: 'is thinking…', username: 'Scribe' })).to.equal('Scribe is thinking…');
    expect(statusLine({ status: '', loading_messages: ['Reading'], username: 'Scribe' })).to.equal('Scribe: Reading');
    expect(statusLine({ status: '', loading_messages: [], session: 'processing' })).to.equal('Skein is at work…');
    expect(statusLine({ status: '', loading_messages: [] })).to.equal('');
  });

  it('tells a command from a message', async () => {
    const { meant } = await load('writing/composer.js');
    expect(meant('  \n ')).to.deep.equal({ kind: 'nothing' });
    expect(meant(' /skein tasks ')).to.deep.equal({ kind: 'command', text: '/skein tasks' });
    for (const text of ['a /skein', '/ or', '// x']) expect(meant(text).kind, text).to.equal('say');
  });

  it('keeps in its address who I am and where', async () => {
    const { readAddress, writeAddress } = await load('address.js');
    const where = { as: 'U0ADA', place: 'dm:scribe', thread: '1.000001' };
    expect(readAddress(writeAddress(where))).to.deep.equal(where);
    expect(readAddress(writeAddress({ ...where, thread: undefined }))).to.deep.equal({
      as: 'U0ADA',
      place: 'dm:scribe',
    });
    expect(readAddress('')).to.deep.equal({});
  });

  it('never shows an answer that is older than the question', async () => {
    const { once } = await load('once.js');
    const open: (() => void)[] = [];
    let began = 0;
    const read = once(() => {
      began += 1;
      return new Promise<void>((resolve) => open.push(resolve));
    });
    const first = read();
    const [second, third] = [read(), read()];
    expect([began, second === third]).to.deep.equal([1, true]);
    open[0]?.();
    await first;
    while (began < 2) await Promise.resolve();
    open[1]?.();
    await Promise.all([second, third]);
    expect(began).to.equal(2);
  });
});

describe('a message on the practice page', () => {
  const node = async (message: object, more: object = {}) => {
    const names = (await load('nodes/people.js')).namesIn(info, 'U0ADA');
    return (await load('chat/message.js')).messageNode(said('1000.0', message), {
      names,
      info,
      joined: false,
      inThread: false,
      ...more,
    });
  };
  const find = (tree: never, attr: string, value: string) => elements(tree).find(({ attrs }) => attrs[attr] === value);

  it('shows who said it, by name and by face', async () => {
    expect(textIn(find((await node({})) as never, 'aria-hidden', 'true') ?? '')).to.equal('AL');
    const drawn = (tree: never) => elements(tree).filter(({ tag }) => tag === 'path').length;
    const wearing = (emoji: string) => node({ username: 'Scribe', bot_id: 'B1', user: 'U0APP', icons: { emoji } });
    expect(textIn(await wearing(':memo:'))).to.match(/^ScribeApp/);
    expect(drawn((await wearing(':memo:')) as never)).to.equal(drawn((await wearing(':owl:')) as never) + 1);
    expect(textIn(await wearing(':owl:'))).to.match(/^SScribeApp/);
  });

  it('says that a whisper is only for me, and offers nothing to do with it', async () => {
    const whisper = await node({ ephemeral: true, text: 'psst' });
    expect(textIn(whisper)).to.include('Only visible to you');
    expect(find(whisper as never, 'role', 'group')).to.equal(undefined);
  });

  it('lets me edit and delete my own messages only', async () => {
    expect(find((await node({})) as never, 'data-do', 'edit')).to.not.equal(undefined);
    expect(find((await node({ user: 'U0BEN' })) as never, 'data-do', 'edit')).to.equal(undefined);
  });

  it('gives files with a link that says who asks', async () => {
    const tree = await node({ files: [{ id: 'F1', name: 'a.csv', size: 1_700, url: '/practice/files/F1' }] });
    expect(find(tree as never, 'href', '/practice/files/F1?as=U0ADA')).to.not.equal(undefined);
    expect(textIn(tree)).to.include('a.csv2 kB');
  });

  it('shows buttons with what they do, and no block or address that could do harm', async () => {
    const text = { type: 'plain_text', text: '<b>Approve</b>' };
    const tree = await node({
      blocks: [
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'ok',
              value: '<x>',
              text,
              style: 'primary" onclick="x',
              url: 'javascript:alert(1)',
            },
          ],
        },
        { type: 'image', image_url: 'javascript:alert(1)', alt_text: 'A loaf' },
        { type: 'image', image_url: 'https://a.example/loaf.png', alt_text: 'A loaf' },
        { type: 'hologram' },
      ],
    });
    const button = find(tree as never, 'data-do', 'click');
    expect(button?.attrs).to.deep.equal({
      type: 'button',
      class: 'button',
      'data-do': 'click',
      'data-action': 'ok',
      'data-value': '<x>',
    });
    expect(short(button ?? '')).to.equal('button(<b>Approve</b>)');
    expect(elements(tree).some(({ tag }) => tag === 'img')).to.equal(false);
    expect(
      elements(tree)
        .filter(({ tag }) => tag === 'a')
        .map(({ attrs }) => attrs.href),
    ).to.deep.equal(['https://a.example/loaf.png']);
    expect(textIn(tree)).to.include('(hologram) is not shown');
  });

  it('takes the values of a modal by block and action, without what was left empty', async () => {
    const { valuesOf } = await load('blocks/modal.js');
    const field = (block: string, value: string, more: object = {}) => ({
      dataset: { block, field: `${block}-id` },
      value,
      ...more,
    });
    const many = field('who', 'a', { multiple: true, selectedOptions: [{ value: 'a' }, { value: 'b' }] });
    expect(valuesOf([field('title', 'Bake'), field('about', ''), many])).to.deep.equal({
      title: { 'title-id': 'Bake' },
      who: { 'who-id': ['a', 'b'] },
    });
  });
});
