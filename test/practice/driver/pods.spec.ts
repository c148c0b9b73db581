import { expect } from 'chai';
import { aTeam, type Team } from '../../journeys/team.ts';

describe('the practice driver and pods', () => {
  let team: Team;
  before(async () => {
    team = await aTeam();
  });
  after(() => team.stop());

  const act = (as: string, action: string, input: object = {}, pod: string | undefined = 'launch') =>
    // biome-ignore lint/suspicious/noExplicitAny: each action answers something else
    team.post<any>('/practice/act', { as, action, input, ...(pod ? { pod } : {}) });
  const refusal = async (asked: Promise<unknown>): Promise<string> => {
    try {
      await asked;
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error('it was not refused');
  };

  it('does the product’s own actions as a person, through the web door', async () => {
    const { task } = await act('U0BENOKAF1', 'create_task', { title: 'Sweep the yard' });
    expect(task).to.include({ title: 'Sweep the yard', state: 'open' });
    const { history } = await act('ada', 'pod_history', { limit: 5 });
    const told = history.find(({ did }: { did: string }) => did.includes('Sweep the yard'));
    expect(told).to.include({ who: 'Ben Okafor', via: 'web', did: `created #${task.number} “Sweep the yard”` });
    expect(told.at).to.match(/^\d{4}-\d\d-\d\dT/);
  });

  it('refuses what the person may not do, what is Skein’s own, and what is no action', async () => {
    expect(await refusal(act('ada', 'complete_task', { task: '#99' }))).to.match(/^400 .*no task “#99”/);
    expect(await refusal(act('ada', 'record_sent'))).to.match(/^400 .*Skein's own/);
    expect(await refusal(act('ada', 'conquer'))).to.match(/^400 There is no action “conquer”/);
    expect(await refusal(act('nobody', 'list_tasks'))).to.match(/^400 There is no person/);
    expect(await refusal(act('ada', 'create_task', { title: '' }))).to.match(/^400 /);
  });

  it('tells which pod lives where, where its tasks come from, and in which threads its conversations stand', async () => {
    const ts = await team.say('ada', 'launch', '@pilot please add a task for Ben to call the mill');
    await team.answer('launch', ts, 'Pilot');
    const pod = await team.get<{ id: string; tasks: Record<string, { thread?: string; by: string }>; threads: object }>(
      '/practice/pod?as=ada&channel=launch',
    );
    const { tasks } = await act('ada', 'list_tasks');
    const made = tasks.find(({ title }: { title: string }) => title === 'Call the mill');
    expect(pod.tasks[made.id]).to.include({ by: 'Pilot', thread: ts });
    expect(Object.values(pod.threads)).to.include(ts);
    expect(await team.get('/practice/pod?as=ada&channel=general')).to.deep.equal({});
    const { channels } = await team.get<{ channels: { name: string; pod?: string }[] }>('/practice/state');
    expect(channels.map(({ name, pod: id }) => [name, id])).to.deep.equal([
      ['general', undefined],
      ['launch', pod.id],
      ['support', undefined],
    ]);
  });

  it('tells the pods one is in, those without a channel too, and shows each by its id', async () => {
    const made = await act('ben', 'create_pod', { name: 'Accounts' }, '');
    await team.quiet();
    type Own = { id: string; name: string; channel?: string; direct: boolean; mail?: string };
    const mine = await team.get<Own[]>('/practice/pods?as=ben');
    expect(mine.find(({ name }) => name === 'Accounts')).to.deep.equal({
      id: made.pod.id,
      name: 'Accounts',
      direct: false,
      mail: 'accounts@pods.wildgoose.example',
    });
    expect(mine.find(({ name }) => name === 'launch')?.channel).to.equal('C0LAUNCH01');
    const { name } = await team.get<Own>(`/practice/pod?as=ben&pod=${made.pod.id}`);
    expect(name).to.equal('Accounts');
    expect((await team.get<Own[]>('/practice/pods?as=ada')).some((one) => one.name === 'Accounts')).to.equal(false);
    expect(await team.get(`/practice/pod?as=ada&pod=${made.pod.id}`)).to.deep.equal({});
    expect(await refusal(team.get('/practice/pod?as=ada'))).to.match(/Say which pod/);
  });

  it('tells of a forwarded mail’s task what it came with, its files, and who follows it', async () => {
    const raw = [
      'From: Ben Okafor <ben@wildgoose.example>',
      'To: launch@pods.wildgoose.example',
      'Cc: Ada Lindqvist <ada@wildgoose.example>',
      'Subject: Fwd: Ribbon for the boxes',
      'Message-ID: <ribbon@wildgoose.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      'Which colour?',
      '',
      '---------- Forwarded message ---------',
      'From: Rosa <rosa@ribbon.example>',
      'Subject: Ribbon for the boxes',
      'To: <ben@wildgoose.example>',
      '',
      'We have red and green.',
      '--b',
      'Content-Type: text/csv; name=colours.csv',
      'Content-Disposition: attachment; filename=colours.csv',
      '',
      'red,green',
      '--b--',
      '',
    ].join('\r\n');
    await fetch(`${team.url}/practice/mail?from=ben@wildgoose.example&to=launch@pods.wildgoose.example`, {
      method: 'POST',
      headers: { 'content-type': 'message/rfc822' },
      body: raw,
    });
    await team.quiet();
    const { tasks } = await act('ada', 'list_tasks');
    const { id } = tasks.find(({ title }: { title: string }) => title === 'Ribbon for the boxes');
    const pod = await team.get<{ id: string }>('/practice/pod?as=ada&channel=launch');
    const task = await team.get<{ source: string; files: string[]; followers: string[] }>(
      `/practice/pods/${pod.id}/tasks/${id}?as=ada`,
    );
    expect(task.source).to.include('We have red and green.');
    expect(task.files).to.have.length(1);
    expect(task.files[0]).to.match(/colours\.csv$/);
    expect(task.followers).to.deep.equal(['Ada Lindqvist']);
    expect(await refusal(team.get(`/practice/pods/${pod.id}/tasks/t_none?as=ada`))).to.match(/not there any more/);
  });

  it('takes several files for one message', async () => {
    const file = (name: string) => ({ name, content: Buffer.from(name).toString('base64') });
    const { ts } = await team.post<{ ts: string }>('/practice/upload', {
      ...{ as: 'ada', channel: 'launch', text: 'both' },
      ...file('a.txt'),
      more: [file('b.txt')],
    });
    const said = (await team.messages('launch')).find((one) => one.ts === ts);
    expect(said?.files.map(({ name }) => name)).to.deep.equal(['a.txt', 'b.txt']);
  });

  it('gives a file byte for byte, by name and by version, as nothing that could run here', async () => {
    const bytes = Buffer.from([0, 1, 2, 253, 254, 255]);
    await act('ada', 'put_file', { name: 'plans/a b.bin', base64: bytes.toString('base64') });
    await act('ada', 'put_file', { name: 'plans/a b.bin', text: '<script>1</script>', base: 1 });
    const { id } = await team.get<{ id: string }>('/practice/pod?as=ada&channel=launch');
    const get = (query: string) =>
      fetch(`${team.url}/practice/pods/${id}/files/${encodeURIComponent('plans/a b.bin')}?${query}`);
    const first = await get('as=ben&version=1');
    expect(Buffer.from(await first.arrayBuffer())).to.deep.equal(bytes);
    expect(first.headers.get('content-disposition')).to.equal("attachment; filename*=UTF-8''a%20b.bin");
    expect(first.headers.get('content-security-policy')).to.equal("default-src 'none'; sandbox");
    expect(await (await get('as=ben')).text()).to.equal('<script>1</script>');
    expect((await get('as=ben&version=7')).status).to.equal(400);
  });

  it('lets two people speak with one another, where no agent listens', async () => {
    await team.say('ada', 'dm:ben', 'Van at six?');
    const seen = await team.messages('dm:ada', undefined, 'ben');
    expect(seen.map(({ username, text }) => [username, text])).to.deep.equal([['Ada Lindqvist', 'Van at six?']]);
    expect((await team.messages('dm:ada', undefined, 'dev')).length).to.equal(0);
  });

  it('does Slack’s own commands without the app', async () => {
    expect(await team.command('ada', 'general', '/invite @Skein')).to.equal('Skein joined #general.');
    expect(await team.command('ben', 'support', '/invite @ada')).to.equal('Ada Lindqvist joined #support.');
    expect(await team.command('ada', 'launch', '/topic Rye')).to.equal('The topic is set.');
    expect(await refusal(team.command('ada', 'general', '/invite @zoe'))).to.match(
      /Nobody here goes by “@zoe”. There are: @ada/,
    );
    expect(await refusal(team.command('ada', 'general', '/invite'))).to.match(/Whom\?/);
    expect(await refusal(team.command('ada', 'general', '/invite @ben'))).to.match(/is in #general already/);
  });

  it('tells a live page of every commit', async () => {
    const stopping = new AbortController();
    const response = await fetch(`${team.url}/practice/events`, { signal: stopping.signal });
    await act('ben', 'create_task', { title: 'Feed the geese' });
    const { id } = await team.get<{ id: string }>('/practice/pod?as=ada&channel=launch');
    let told = '';
    for await (const chunk of response.body ?? []) {
      told += Buffer.from(chunk).toString();
      if (told.includes('"kind":"commit"') && told.includes(id)) break;
    }
    stopping.abort();
    expect(told).to.include(id);
  });
});
