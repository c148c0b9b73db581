// The daily digest as a person gets it: in their messages with Skein, at their hour, over all their pods, once.
import { expect } from 'chai';
import { aMail } from './mails.ts';
import { aTeam, type Seen, type Team } from './team.ts';

/** Chiara's. */
const ZONE = 'Europe/Rome';

describe('the daily digest', () => {
  let team: Team;
  /** How far the product's clock is ahead, in seconds. */
  let ahead: number;

  beforeEach(async () => {
    team = await aTeam();
    ahead = 0;
  });
  afterEach(() => team.stop());

  /** The messages to Chiara, oldest first. */
  const got = async () => {
    const all = await team.messages('app', undefined, 'chiara');
    return all.filter(({ text }) => text.startsWith('Your digest')).sort((a, b) => Number(a.ts) - Number(b.ts));
  };
  const digests = async (count: number): Promise<Seen[]> => {
    const end = Date.now() + 60_000;
    for (let seen = await got(); ; seen = await got()) {
      if (seen.length >= count || Date.now() > end) {
        await team.quiet();
        seen = await got();
        expect(
          seen.map(({ text }) => text),
          team.lines.slice(-8).join('\n'),
        ).to.have.length(count);
        return seen;
      }
      await new Promise((done) => setTimeout(done, 25));
    }
  };
  const newest = async (count: number) => (await digests(count)).at(-1)?.text ?? '';
  const now = () => team.clock() + ahead * 1000;
  const advance = async (seconds: number) => {
    ahead += seconds;
    await team.post('/practice/clock', { advance: seconds });
  };
  /** Over the next time at which clocks in Rome show this, until what is due then is closed; others are due as well. */
  const pass = async (time = '09:00', zone = ZONE) => {
    const isClosing = (line: string) => line.includes('due acts done') && line.includes('digests');
    const closed = () => team.lines.filter(isClosing).length;
    const before = closed();
    await advance(untilShown(time, now(), zone) + 60);
    await holds('the digests are closed', async () => closed() > before);
  };
  const holds = async (what: string, check: () => Promise<boolean>) => {
    for (const end = Date.now() + 60_000; !(await check()); await new Promise((done) => setTimeout(done, 20)))
      if (Date.now() > end) throw new Error(`not in time: ${what}\n${team.lines.slice(-8).join('\n')}`);
  };
  /** Says it, and waits until it stands on the pod's log. */
  const says = async (as: string, pod: string, text: string, thread?: string) => {
    const ts = await team.say(as, pod, text, thread);
    const history = () => team.post('/practice/act', { as, pod, action: 'pod_history' });
    const words = text.replace(/^@\w+ /, '').slice(0, 12);
    await holds(text, async () => JSON.stringify(await history()).includes(words));
    return ts;
  };
  /** Scribe works on its task of the demo, and would speak of it again when it falls due. */
  const whenScribeHasDone = async () => {
    await team.quiet();
    await team.post('/practice/act', { as: 'ada', pod: 'launch', action: 'complete_task', input: { task: '#4' } });
  };
  const aPod = async (name: string, members: string[]) => {
    await team.post('/practice/channel', { as: 'ada', name, members: [...members, 'skein'] });
    expect(await team.command('ada', name, '/skein pod new')).to.contain('is a pod now');
  };

  it('arrives once, over three pods: what waits first, then each pod’s news, with links and who did it', async () => {
    await aPod('shop', ['chiara', 'ben']);
    await aPod('hall', ['chiara', 'ben']);
    await aPod('secret', ['ben']);
    await says('ben', 'secret', '@chiara must never read this');
    const asked = await says(
      'ben',
      'shop',
      '@chiara can you read the <!channel> text about [pausing](http://x.example)?',
    );
    const done = await says('ben', 'hall', '@chiara is the hall booked?');
    await says('chiara', 'hall', 'It is.', done);
    const thread = await team.say('ada', 'launch', '@scribe please add a task for Chiara to pick the photo by Friday');
    await team.answer('launch', thread, 'Scribe');
    // News, and nothing that Chiara is told of: a notice may tell her of #5 before the digest does.
    await team.say('ada', 'launch', '@scribe please add a task for Ben to buy the tape by Friday', thread);
    await team.answer('launch', thread, 'Scribe', 2);
    await pass();
    const text = await newest(1);
    const [waits = '', ...pods] = text.split(/\n(?=\*\*\[)/);
    expect(waits).to.match(/Your digest, \w{3} \d+ \w{3}\n\*\*Waiting for you\*\*\n/);
    expect(waits).to.match(/Due .*#2 “Design the box” in \[launch\]\(https:.*\/archives\/C/);
    expect(waits).to.match(/\[#5\]\(https:.*\/archives\/C.*\) “Pick the photo”/i);
    expect(waits)
      .to.contain('Ben Okafor [mentioned you](')
      .and.to.contain(`p${asked.replace('.', '')}`);
    expect(waits, 'answered').not.to.contain('hall booked');
    expect(pods.map((pod) => /\*\*\[(.*?)\]/.exec(pod)?.[1])).to.have.members(['launch', 'shop', 'hall']);
    expect(pods.find((pod) => pod.includes('[launch]'))).to.match(
      /Scribe, for Ada Lindqvist, created #[56] .*\[thread\]/,
    );
    expect(pods.find((pod) => pod.includes('[shop]'))).to.match(/1 message by Ben Okafor: \[“/);
    expect(text).not.to.match(/never read this|@channel|<!|\]\(http:\/\/x/);
    const [digest] = await digests(1);
    expect(JSON.stringify(digest?.blocks)).to.contain('Daily at 09:00').and.to.contain('/skein digest stop');
  });

  it('lets its reader act on what waits, shows what became of it, and loses words that are erased', async () => {
    await whenScribeHasDone();
    const act = (action: string, input: object) =>
      team.post('/practice/act', { as: 'ada', pod: 'launch', action, input });
    const { task } = (await act('create_task', { title: 'Pick the photo', assignee: 'chiara' })) as {
      task: { id: string };
    };
    const { note } = (await act('record_decision', { decision: 'The code is 4711.' })) as { note: { id: string } };
    await act('create_task', { title: 'Weigh the flour', assignee: 'chiara' });
    const said = await says('ben', 'launch', '@chiara the key lies under the doormat');
    await pass();
    const [sent] = await digests(1);
    const buttons = async () => {
      const [one] = await digests(1);
      return (one?.blocks ?? []).flatMap(({ elements = [] }) =>
        (elements as { type: string; action_id?: string; value?: string }[]).filter(({ type }) => type === 'button'),
      );
    };
    const about = async (id: string) => (await buttons()).filter(({ value }) => value?.endsWith(id)).length;
    // Done, Start, Not me… and Give to…; Later names the item.
    expect(await about(task.id)).to.equal(4);
    const all = (await buttons()).length;
    const value = (await buttons()).find((one) => one.value?.endsWith(task.id))?.value;
    await team.post('/practice/click', { as: 'chiara', channel: 'app', ts: sent?.ts, actionId: 'item.start', value });
    await holds('started', async () => (await digests(1))[0]?.text.includes('Started.') ?? false);
    expect(await about(task.id)).to.equal(3);
    await act('complete_task', { task: task.id });
    await holds('done', async () => /Done: .* by Ada Lindqvist/.test((await digests(1))[0]?.text ?? ''));
    expect(await about(task.id)).to.equal(0);
    expect((await buttons()).length, 'the others keep theirs').to.equal(all - 5);
    expect((await digests(1))[0]?.text).to.contain('The code is 4711');
    await act('redact', { what: note.id });
    await holds('erased', async () => !(await digests(1))[0]?.text.includes('4711'));
    const [left] = await digests(1);
    expect(left?.ts, 'the same message').to.equal(sent?.ts);
    expect(JSON.stringify(left)).to.contain('What stood here was erased.').and.not.to.contain('4711');
    expect(left?.text).to.contain('Weigh the flour').and.to.contain('doormat');
    await team.post('/practice/delete', { as: 'ben', channel: 'launch', ts: said });
    await holds('deleted', async () => !JSON.stringify(await digests(1)).includes('doormat'));
    expect((await digests(1))[0])
      .to.deep.include({ ts: sent?.ts })
      .and.to.have.property('text')
      .that.contains('Weigh the flour');
  });

  it('is not sent when there is nothing to say, and waits with what is not urgent', async () => {
    await whenScribeHasDone();
    await pass();
    await digests(1);
    await pass();
    await digests(1);
    await says('ben', 'launch', 'The boxes are here.');
    await pass();
    const text = await newest(2);
    expect(text).to.contain('1 message by Ben Okafor').and.not.to.contain('9.50');
  });

  it('is caught up once when Skein was down for days', async () => {
    await whenScribeHasDone();
    await pass();
    await digests(1);
    await says('ben', 'launch', 'The boxes are here.');
    await team.restart();
    // The product's clock begins anew with the process.
    const away = ahead + 2 * 86_400 + 3600;
    ahead = 0;
    await advance(away);
    expect(await newest(2)).to.contain('1 message by Ben Okafor');
    await team.restart();
    ahead = 0;
    await advance(away + 60);
    await says('ben', 'launch', 'More boxes are here.');
    await pass();
    await digests(3);
  });

  it('comes now to whoever asks, also with nothing to tell, and the daily one still comes', async () => {
    expect(await team.command('chiara', 'launch', '/skein digest')).to.contain('on its way');
    expect(await newest(1))
      .to.contain('Design the box')
      .and.to.contain('9.50');
    await team.command('chiara', 'launch', '/skein digest now');
    expect(await newest(2))
      .to.contain('Design the box')
      .and.not.to.contain('9.50');
    await says('ben', 'launch', 'The boxes are here.');
    await pass();
    expect(await newest(3)).to.contain('1 message by Ben Okafor');
  });

  it('comes at another time and in another zone, is paused with its news kept, and ends', async () => {
    await whenScribeHasDone();
    await pass('09:00');
    await digests(1);
    const answer = await team.command('chiara', 'launch', '/skein digest at 5:45 pm');
    expect(answer).to.contain('17:45 (Europe/Rome), next tomorrow');
    await says('ben', 'launch', 'The boxes are here.');
    await pass('09:00');
    await digests(1);
    await pass('17:45');
    expect(await newest(2)).to.contain('1 message by Ben Okafor');
    expect(await team.command('chiara', 'launch', '/skein digest zone Asia/Tokyo')).to.contain('Asia/Tokyo');
    await says('ada', 'launch', 'The labels are here.');
    await pass('17:45', 'Asia/Tokyo');
    expect(await newest(3)).to.contain('1 message by Ada Lindqvist');
    expect(await team.command('chiara', 'launch', '/skein digest zone mine')).to.contain(ZONE);
    expect(await team.command('chiara', 'launch', '/skein digest zone Atlantis')).to.contain('Europe/Berlin');
    expect(await team.command('chiara', 'launch', '/skein digest at late')).to.contain('no time');
    expect(await team.command('chiara', 'launch', '/skein digest pause')).to.contain('paused');
    await says('ben', 'launch', 'More boxes are here.');
    // Over 17:45, until others get theirs.
    await pass('09:00');
    await digests(3);
    expect(await team.command('chiara', 'launch', '/skein digest resume')).to.contain('17:45');
    await pass('17:45');
    expect(await newest(4)).to.contain('1 message by Ben Okafor');
    expect(await team.command('chiara', 'launch', '/skein digest stop')).to.contain('no more digests');
    await says('ben', 'launch', 'Enough boxes are here.');
    await pass('17:45');
    await digests(4);
  });

  describe('of who has no Slack account', () => {
    const EVA = 'eva@partner.example';
    const does = (action: string, input: object, pod?: string) =>
      team.post('/practice/act', { as: 'ada', action, input, ...(pod ? { pod } : {}) });
    const mails = async () => {
      const all = await team.get<{ subject: string; text: string; raw: string }[]>(`/practice/mail?to=${EVA}`);
      return all.filter(({ subject }) => subject.startsWith('Your digest'));
    };
    /** The one that has come, and its headers unfolded. */
    const first = async () => {
      await does('invite_person', { email: EVA, name: 'Eva Stein', timeZone: ZONE });
      await does('add_member', { who: 'Eva Stein' }, 'launch');
      await does('create_task', { title: 'Print the labels', assignee: 'Eva Stein' }, 'launch');
      await pass();
      await holds('a mail', async () => (await mails()).length > 0);
      await team.quiet();
      const [mail, ...more] = await mails();
      expect(more).to.deep.equal([]);
      return { text: mail?.text ?? '', raw: mail?.raw.replace(/\r?\n[ \t]+/g, ' ') ?? '' };
    };
    const endsThere = async () => {
      await says('ben', 'launch', 'The boxes are here.');
      await pass();
      await team.quiet();
      expect(await mails()).to.have.length(1);
    };

    it('goes by mail, once, until a mail of their program ends it, where the web server has no public address', async () => {
      const { text, raw } = await first();
      expect(text)
        .to.contain('Print the labels')
        .and.to.contain('The price of a loaf is 9.50')
        .and.to.contain('Ada Lindqvist')
        .and.not.to.contain('/digest/unsubscribe');
      expect(raw).not.to.match(/^List-Unsubscribe-Post/im);
      const [, to = ''] = /^List-Unsubscribe: <mailto:([^?>]+)\?subject=unsubscribe>\r?$/im.exec(raw) ?? [];
      const wish = aMail({ from: EVA, to, subject: 'unsubscribe', text: '' });
      const query = new URLSearchParams({ from: EVA, to });
      expect((await fetch(`${team.url}/practice/mail?${query}`, { method: 'POST', body: wish })).status).to.equal(200);
      await team.quiet();
      await endsThere();
    });

    it('goes by mail, once, until one click ends it', async () => {
      await team.stop();
      team = await aTeam({ PUBLIC_URL: 'https://skein.example' });
      const { raw } = await first();
      expect(raw).to.match(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/im);
      expect(raw.match(/^List-Unsubscribe:/gim), 'one header').to.have.length(1);
      const [, path = ''] = /^List-Unsubscribe: <https:\/\/skein\.example(\/[^>]+)>, <mailto:/im.exec(raw) ?? [];
      const link = `${team.url}${path}`;
      expect(await (await fetch(link)).text()).to.contain('<button>');
      const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
      expect((await fetch(link, click)).status).to.equal(200);
      await endsThere();
    });
  });
});

/** Seconds from an instant to the next moment at which clocks in the zone show this. */
function untilShown(time: string, at: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  for (let minutes = 1; ; minutes++) if (clock.format(at + minutes * 60_000) === time) return minutes * 60;
}
