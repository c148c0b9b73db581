// A person looks for a file in Slack, reads what changed, gets it alone, and puts an older version back.
import { expect } from 'chai';
import { dayAfterStart } from './midday.ts';
import { aTeam, type Seen, type Team } from './team.ts';

interface Element {
  action_id: string;
  value: string;
}

const READ = { pod: 'launch', action: 'read_file', input: { name: 'plan.md' } };

describe('the files of a pod in Slack', function () {
  this.timeout(120_000);
  let team: Team;
  let shown: Seen;
  before(async () => {
    team = await aTeam();
  });
  after(() => team.stop());

  const upload = async (text: string) => {
    await team.post('/practice/upload', {
      ...{ as: 'ben', channel: 'launch', name: 'plan.md' },
      content: Buffer.from(text).toString('base64'),
    });
    // Slack tells of an upload a moment later.
    const read = () => team.post<{ text: string }>('/practice/act', { ...READ, as: 'ben' }).catch(() => ({ text: '' }));
    for (const end = Date.now() + 60_000; (await read()).text !== text && Date.now() < end; )
      await new Promise((done) => setTimeout(done, 25));
    await team.quiet();
  };
  const seen = async (as = 'ada') => (await team.messages('launch', undefined, as)).filter((one) => one.ephemeral);
  /** Presses the first button of this kind whose value fits. */
  const press = async (actionId: string, value = '') => {
    const found = shown.blocks
      .flatMap(({ elements }) => (elements ?? []) as Element[])
      .find((one) => one.action_id === actionId && one.value?.endsWith(value));
    await team.post('/practice/click', {
      ...{ as: 'ada', channel: 'launch', ts: shown.ts, actionId, value: found?.value },
    });
    await team.quiet();
    shown = (await seen()).find(({ ts }) => ts === shown.ts) as Seen;
  };

  it('are listed with their versions and what changed; one is sent to whoever asks, and an older one put back', async () => {
    await upload('Rye.');
    await upload('Rye.\nSalt.');
    await team.command('ada', 'launch', '/skein files');
    shown = (await seen()).at(-1) as Seen;
    expect(shown.text.replace(/\d\d:\d\d/g, 'hh:mm')).to.match(
      new RegExp(`^\\*Files in launch\\*\n• \\*plan\\.md\\* · version 2 by Ben Okafor, ${dayAfterStart(0)}, hh:mm\n`),
    );
    await press('file.changes', '/2');
    expect(JSON.stringify(shown.blocks)).to.include('  Rye.\\n+ Salt.');
    await press('file.send', '/2');
    const sent = (await team.messages('app', undefined, 'ada')).flatMap((one) => one.files.map(() => one.text));
    expect(sent).to.deep.equal([
      '“plan.md” from launch: version 2, by Ben Okafor. You asked for it, and only you see this.',
    ]);
    expect((await seen()).at(-1)?.text).to.equal('“plan.md” (version 2) comes to you in your direct message with me.');
    expect(await seen('ben')).to.deep.equal([]);
    await press('file.versions');
    expect(shown.text).to.match(
      /\*Versions of plan\.md\*\n• \*Version 2\* \(the newest\) by Ben Okafor.*\n• \*Version 1\* by/,
    );
    await press('file.restore', '/1');
    expect(shown.text).to.include(
      'Version 3 of “plan.md” has the text of version 1 again. To undo it, restore version 2.',
    );
    expect(shown.text).to.match(/• \*Version 3\* \(the newest\) by Ada Lindqvist, .* · the text of version 1\n/);
    await press('file.restore', '/2');
    await press('file.page');
    expect(shown.text).to.include('*plan.md* · version 4 by Ada Lindqvist');
  });

  it('are listed for all pods of a person in their direct message, to nobody outside', async () => {
    expect(await team.command('ada', 'app', '/skein files')).to.match(/\*plan\.md\* in launch · version 4/);
  });
});
