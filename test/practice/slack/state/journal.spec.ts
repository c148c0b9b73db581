import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { InvalidInput, Retryable } from '../../../../src/errors.ts';
import { startPracticeSlack } from '../../../../src/practice/slack/server.ts';
import type { Message } from '../../../../src/practice/slack/state/state.ts';
import { programAt } from '../../../program.ts';
import { fillDisk } from '../../full-disk.ts';
import { ADA, collector, LAUNCH, practice, refusal } from '../practice.ts';

describe('practice Slack: the journal', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'practice-slack-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('brings everything back, and events that nobody acknowledged', async () => {
    const first = await practice({ dir });
    const ts = first.say(ADA, LAUNCH, 'before');
    await first.web.reactions.add({ channel: LAUNCH, timestamp: ts, name: 'eyes' });
    await first.web.filesUploadV2({ channel_id: LAUNCH, file: Buffer.from('rye'), filename: 'a.txt' });
    await first.web.views.publish({ user_id: ADA, view: { type: 'home', blocks: [] } });
    const told = structuredClone(first.slack.workspace.state);
    await first.stop();

    const second = await practice({ dir });
    expect(second.slack.workspace.state).to.deep.equal(told);
    expect(second.slack.url, 'URLs stay good').to.equal(first.slack.url);
    const got = collector<string>();
    await second.connect((app) => app.message(async ({ message }) => got.push((message as Message).text)));
    expect((await got.reaches(1))[0]).to.equal('before');
    expect(Number(second.say(ADA, LAUNCH, 'after'))).to.be.above(Number(ts));
    await second.stop();
  });

  it('loses nothing that was said when the process is killed in the middle', async () => {
    for (let round = 0; round < 2; round += 1) {
      const said = await killedWhileTalking(dir);
      expect(said.length).to.be.above(100);
      const slack = await startPracticeSlack({ dir, clock: () => Date.now() });
      const kept = slack.workspace.state.messages.get(LAUNCH) ?? new Map();
      expect(said.filter((ts) => !kept.has(ts))).to.deep.equal([]);
      const pending = [...slack.workspace.state.pending.values()].map((event) => event.ts);
      expect(said.filter((ts) => !pending.includes(ts))).to.deep.equal([]);
      await slack.stop();
    }
  });

  it('cuts away a torn last line, and goes on after it', async () => {
    const first = await practice({ dir });
    first.say(ADA, LAUNCH, 'whole');
    await first.stop();
    appendFileSync(join(dir, 'journal.jsonl'), '[{"kind":"posted","channel":"C0');
    const second = await practice({ dir });
    second.say(ADA, LAUNCH, 'after the tear');
    await second.stop();
    const third = await practice({ dir });
    const texts = [...(third.slack.workspace.state.messages.get(LAUNCH)?.values() ?? [])].map(
      (message) => message.text,
    );
    expect(texts.slice(-2)).to.deep.equal(['whole', 'after the tear']);
    await third.stop();
  });

  it('says which line is damaged when it is not the last', async () => {
    await (await practice({ dir })).stop();
    const path = join(dir, 'journal.jsonl');
    writeFileSync(path, `not json\n${readFileSync(path, 'utf8')}`);
    const failure = await practice({ dir }).catch((error: Error) => error);
    expect(failure)
      .to.be.instanceOf(InvalidInput)
      .with.property('message')
      .that.matches(/damaged in line 1\. Move that folder away/);
    writeFileSync(path, `[{"kind":"posted"}]\n[null]\n`);
    expect(await practice({ dir }).catch((error: Error) => error)).to.be.instanceOf(InvalidInput);
  });

  it('refuses what the disk has no room for as if it had not been asked, and goes on afterwards', async () => {
    // The event is settled then, and by then the disk has room again.
    const first = await practice({ dir, timings: { ackTimeoutMs: 3_000 } });
    const got = collector<string>();
    let makeRoom = () => {};
    await first.connect((app) =>
      app.message(async ({ message }) => {
        got.push((message as Message).text);
        // Full by the time that the acknowledgement arrives.
        makeRoom = fillDisk();
      }),
    );
    const ts = first.say(ADA, LAUNCH, 'there is room');
    await got.reaches(1);
    try {
      const { state } = first.slack.workspace;
      const told = structuredClone({ ...state, lastMicros: 0 });
      expect(() => first.say(ADA, LAUNCH, 'there is none')).to.throw(Retryable, /^The disk is full: .*journal\.jsonl/);
      expect(await refusal(first.web.reactions.add({ channel: LAUNCH, timestamp: ts, name: 'eyes' }))).to.include(
        '500',
      );
      const upload = { channel_id: LAUNCH, file: Buffer.from('rye'), filename: 'a.txt' };
      expect(await refusal(first.web.filesUploadV2(upload))).to.include('500');
      expect({ ...state, lastMicros: 0 }).to.deep.equal(told);
      await new Promise((resolve) => setTimeout(resolve, 100));
    } finally {
      makeRoom();
    }
    await first.slack.workspace.settled();
    expect(got.items).to.deep.equal(['there is room']);
    first.say(ADA, LAUNCH, 'there is room again');
    await got.reaches(2);
    makeRoom();
    await first.slack.workspace.settled();
    const told = structuredClone(first.slack.workspace.state);
    await first.stop();
    const second = await practice({ dir });
    expect({ ...second.slack.workspace.state, lastMicros: 0 }).to.deep.equal({ ...told, lastMicros: 0 });
    await second.stop();
  });
});

/** Every ts that the child told of before it was killed. */
async function killedWhileTalking(dir: string): Promise<string[]> {
  const script = await programAt(join(import.meta.dirname, '../journal-child.ts'));
  const child = spawn(process.execPath, [script, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  for await (const chunk of child.stdout) {
    output += String(chunk);
    if (output.length > 4_000) child.kill('SIGKILL');
  }
  return output.split('\n').slice(0, -1);
}
