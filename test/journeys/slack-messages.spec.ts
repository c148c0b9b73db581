// Messages, edits, deletions and files of Slack are on the log once each, in whatever order their events come.
import { expect } from 'chai';
import { aSlackTeam, type SlackTeam } from '../doors/slack/slack-team.ts';

describe('what happens in a Slack channel', () => {
  let team: SlackTeam;
  const ADA = 'U0ADALIND1';
  const LAUNCH = 'C0LAUNCH01';

  before(async () => {
    team = await aSlackTeam();
    await team.command('ada', 'launch', '/skein pod new');
  });
  after(() => team.stop());
  afterEach(() => {
    Object.assign(team.slack.workspace.tamper, { reorder: 0, duplicates: 0, delayMs: 0 });
  });

  /** The texts of the log that hold this word, in their order. */
  async function kept(word: string): Promise<string[]> {
    await team.quiet();
    const { body } = await team.act<{ found: { kind: string; text: string }[] }>('ada', 'launch', 'search_pod', {
      query: word,
    });
    return body.found.filter(({ kind }) => kind === 'message').map(({ text }) => text);
  }
  const posted = (ts: string, text: string, more: object = {}) => ({
    type: 'message',
    channel: LAUNCH,
    channel_type: 'channel',
    user: ADA,
    ts,
    event_ts: ts,
    text,
    ...more,
  });
  const edited = (ts: string, at: string, text: string) => ({
    type: 'message',
    subtype: 'message_changed',
    channel: LAUNCH,
    channel_type: 'channel',
    ts: at,
    event_ts: at,
    message: { ...posted(ts, text), edited: { user: ADA, ts: at } },
    previous_message: posted(ts, 'before'),
  });
  const deleted = (ts: string, at: string) => ({
    type: 'message',
    subtype: 'message_deleted',
    channel: LAUNCH,
    channel_type: 'channel',
    ts: at,
    event_ts: at,
    deleted_ts: ts,
  });
  const now = (plus = 0) => (team.clock() / 1000 + plus).toFixed(6);

  it('is kept as Markdown with names for people, channels and links', async () => {
    await team.say(
      'ada',
      'launch',
      '*Walnut* for <@U0BENOKAF1> in <#C0GENERAL1|general>: <https://a.example|the mill> & _more_',
    );
    expect(await kept('walnut')).to.deep.equal([
      '**Walnut** for @Ben Okafor in #general: [the mill](https://a.example) & _more_',
    ]);
  });

  it('is kept with its edits, and goes when it is deleted', async () => {
    const ts = await team.say('ada', 'launch', 'Hazelnut one');
    await team.post('/practice/edit', { as: 'ada', channel: 'launch', ts, text: 'Hazelnut two' });
    expect(await kept('hazelnut')).to.deep.equal(['Hazelnut two']);
    await team.post('/practice/delete', { as: 'ada', channel: 'launch', ts });
    expect(await kept('hazelnut')).to.deep.equal([]);
  });

  it('is kept once when every event comes three times, and in reverse', async () => {
    Object.assign(team.slack.workspace.tamper, { reorder: 3, duplicates: 2 });
    const ts = await team.say('ada', 'launch', 'Almond one');
    await team.post('/practice/edit', { as: 'ada', channel: 'launch', ts, text: 'Almond two' });
    await team.post('/practice/edit', { as: 'ada', channel: 'launch', ts, text: 'Almond three' });
    expect(await kept('almond')).to.deep.equal(['Almond three']);
  });

  it('is not kept when its deletion came first, even with an edit between', async () => {
    const ts = now();
    await Promise.all([
      team.inject(deleted(ts, now(2))),
      team.inject(edited(ts, now(1), 'Pecan two')),
      team.inject(posted(ts, 'Pecan one')),
    ]);
    expect(await kept('pecan')).to.deep.equal([]);
  });

  it('is one message for a mention’s two events, and for one gesture with two ts', async () => {
    const ts = await team.say('ada', 'launch', '<@U0SKEINBT1> Pistachio, please summarise');
    await team.answer('launch', ts, 'Pilot');
    expect((await kept('pistachio')).filter((text) => text.startsWith('@Skein'))).to.have.length(1);
    const twice = { client_msg_id: 'gesture-1' };
    await team.inject(posted(now(), 'Cashew', twice));
    await team.inject(posted(now(1), 'Cashew', twice));
    expect(await kept('cashew')).to.have.length(1);
  });

  it('is kept from other apps, which wake nobody', async () => {
    const ts = now();
    await team.inject(
      posted(ts, '@scribe Macadamia alert', {
        user: undefined,
        bot_id: 'B0MONITOR1',
        username: 'Monitor',
        subtype: 'bot_message',
      }),
    );
    expect(await kept('macadamia')).to.have.length(1);
    expect((await team.messages('launch', ts)).filter(({ username }) => username === 'Scribe')).to.deep.equal([]);
  });

  it('is kept from somebody who left just before, who is no member after', async () => {
    await team.post('/practice/channel', { as: 'ada', name: 'leaving', members: ['dev', 'skein'] });
    await team.command('ada', 'leaving', '/skein pod new');
    await team.quiet();
    team.slack.workspace.tamper.reorder = 2;
    await team.say('dev', 'leaving', 'Chestnut goodbye');
    await team.post('/practice/leave', { as: 'dev', channel: 'leaving' });
    team.slack.workspace.tamper.reorder = 0;
    await team.quiet();
    const { body } = await team.act<{ found: { text: string }[] }>('ada', 'leaving', 'search_pod', {
      query: 'chestnut',
    });
    expect(body.found.map(({ text }) => text)).to.deep.equal(['Chestnut goodbye']);
    expect((await team.act('dev', 'leaving', 'list_tasks')).status).not.to.equal(200);
    expect(await team.aside('inbox')).to.deep.equal([]);
  });

  it('is kept from a guest, who may change and delete their own words', async () => {
    await team.post('/practice/channel', { as: 'ada', name: 'guests', members: ['skein'] });
    await team.command('ada', 'guests', '/skein pod new');
    const guest = { id: 'U0CHIARAR1', name: 'chiara', real_name: 'Chiara Rossi', is_restricted: true, profile: {} };
    await team.inject({ type: 'user_change', user: guest });
    await team.quiet();
    await team.post('/practice/invite', { as: 'chiara', channel: 'guests', who: 'chiara' });
    const ts = await team.say('chiara', 'guests', 'Peanut one');
    await team.post('/practice/edit', { as: 'chiara', channel: 'guests', ts, text: 'Peanut two' });
    await team.quiet();
    const found = async () =>
      (await team.act<{ found: { text: string }[] }>('chiara', 'guests', 'search_pod', { query: 'peanut' })).body.found;
    expect((await found()).map(({ text }) => text)).to.deep.equal(['Peanut two']);
    expect(await team.command('chiara', 'guests', '/skein tasks')).to.contain('no open tasks');
    await team.post('/practice/delete', { as: 'chiara', channel: 'guests', ts });
    await team.quiet();
    expect(await found()).to.deep.equal([]);
  });

  it('makes files of the pod, version after version, even of an erased one', async () => {
    const upload = (text: string) =>
      team.post('/practice/upload', {
        as: 'ben',
        channel: 'launch',
        name: 'prices.csv',
        content: Buffer.from(text).toString('base64'),
      });
    const read = async () =>
      (
        await team.act<{ file: { id: string; version: number }; text: string }>('ada', 'launch', 'read_file', {
          name: 'prices.csv',
        })
      ).body;
    await upload('loaf,9.50');
    await team.quiet();
    expect(JSON.stringify(await read())).to.contain('9.50');
    await upload('loaf,9.80');
    await team.quiet();
    const second = JSON.stringify(await read());
    expect(second).to.contain('9.80').and.to.contain('"version":2');
    expect(second, 'who shares a file need not have written it').to.contain('"outside":true');
    const { files } = (await team.act<{ files: { id: string; name: string }[] }>('ada', 'launch', 'list_files')).body;
    const file = files.find(({ name }) => name === 'prices.csv');
    expect((await team.act('ada', 'launch', 'redact', { what: file?.id, reason: 'wrong prices' })).status).to.equal(
      200,
    );
    await upload('loaf,9.90');
    await team.quiet();
    expect(JSON.stringify(await read())).to.contain('9.90');
    expect(await team.aside('inbox')).to.deep.equal([]);
  });

  it('goes on though a file is huge or gone: that waits aside, and who shared it is told', async () => {
    const file = (id: string, more: object) => ({
      id,
      name: `${id}.zip`,
      mimetype: 'application/zip',
      url_private: `${team.slack.url}/files-pri/nothing/${id}`,
      ...more,
    });
    const ts = now();
    await team.inject(
      posted(ts, 'Two odd ones', {
        subtype: 'file_share',
        files: [file('FHUGE', { size: 999_000_000 }), file('FGONE', { size: 10 })],
      }),
    );
    expect((await kept('odd')).length).to.equal(1);
    const aside = await team.when('both aside', async () => {
      const all = await team.aside('inbox');
      return all.length === 2 && all;
    });
    expect(aside.map(({ reason }) => reason).join())
      .to.contain('999.0 MB')
      .and.to.contain('gone from Slack');
    const whispers = await team.messages('launch', undefined, 'ada');
    expect(
      whispers.filter(({ ephemeral, text }) => ephemeral && text.includes('did not become a file')),
    ).to.have.length(2);
    expect(await kept('odd')).to.have.length(1);
  });

  it('waits aside with its reason when it can’t be read, and can be tried again', async () => {
    const before = (await team.aside('inbox')).length;
    await team.inject({ type: 'message', channel: LAUNCH, ts: 7, text: { not: 'a text' } });
    const aside = await team.when('one more aside', async () => {
      const all = await team.aside('inbox');
      return all.length > before && all;
    });
    const broken = aside.find(({ reason }) => reason.includes("can't be read"));
    expect(broken?.reason).to.contain('message');
    await team.retry('inbox', broken?.id ?? '');
    await team.when('aside again', async () => (await team.aside('inbox')).length === aside.length);
    await team.say('ada', 'launch', 'Brazil nuts go on');
    expect(await kept('brazil')).to.have.length(1);
  });
});
