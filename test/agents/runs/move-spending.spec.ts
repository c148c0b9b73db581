// Migrates the runs of Skein 0.1.0: a run at work goes on, and no budget begins anew.
import { expect } from 'chai';
import { moveSpending } from '../../../src/agents/runs/move-spending.ts';
import type { SessionDoc } from '../../../src/agents/sessions/session.ts';
import type { Doc } from '../../../src/store/port.ts';
import { recordingLogger } from '../../logs.ts';
import { anOffice, calls, never, type Office, says, USAGE, wakeOf } from '../office.ts';

describe('runs of Skein 0.1.0', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
  });

  const move = async () => {
    const lines: Parameters<typeof recordingLogger>[0] = [];
    await moveSpending(office.process().deps, recordingLogger(lines));
    return lines.map(([, ...said]) => said);
  };

  /** As 0.1.0 left it: the run's numbers in `spending`, what it is at work on in the session. */
  async function asBefore(wake: string, live: boolean): Promise<void> {
    const { store } = office.world;
    const [run] = await office.runs();
    const session = await office.session();
    const seq = Number(wake.split(':').at(-2));
    const old = { ...session, live: live ? wake : '', liveSeq: seq, spent: { run: wake, turns: 2, tokens: 100 } };
    await store.collection<SessionDoc>('sessions').replace({ ...old, stoppedAt: 0 }, session.rev);
    const { id, pod, root = '', at = 0 } = run ?? { id: wake, pod: '' };
    await store
      .collection<Doc>('spending')
      .insert([{ id, rev: 1, pod, root, day: '2026-11-21', tokens: live ? 100 : 15, at } as Doc]);
    await store.collection<Doc>('runs').delete(id);
  }

  it('keep what they used, and whose they were', async () => {
    await office.hears(office.world.ada, '@scribe work');
    const [{ id = '', ...before } = {}] = await office.runs();
    await asBefore(id, false);
    expect(await move()).to.deep.equal([['what runs used was moved', { runs: 1, atWork: 0 }]]);
    const [after] = await office.runs();
    const { pod, conversation, agent, root, at, seq, tokens } = { ...after };
    expect(after).to.include({ id, state: 'ended' });
    expect(before).to.deep.include({ pod, conversation, agent, root, at, seq, tokens });
    expect(await office.world.store.collection('spending').find({ where: {} })).to.deep.equal([]);
    expect(await move()).to.deep.equal([]);
  });

  it('go on where they were, and count on', async () => {
    const [wake] = await office.says(office.world.ada, '@scribe work');
    office.script.push(calls(['list_tasks']), new Error('The process ends here.'));
    const run = () => office.process().runner.wake(wakeOf(wake), never);
    await run().catch(() => {});
    const { id } = wakeOf(wake);
    await asBefore(id, true);
    expect(await move()).to.deep.equal([['what runs used was moved', { runs: 1, atWork: 1 }]]);
    const tokens = 100 + USAGE.input + USAGE.output;
    expect((await office.runs())[0]).to.include({ id, state: 'working', turns: 3, tokens });
    for (const field of ['live', 'liveSeq', 'spent', 'lacks'])
      expect(await office.session()).not.to.have.property(field);
    office.script.push(says('Here it is.'));
    await run();
    expect((await office.thread()).at(-1)).to.equal('Scribe: Here it is.');
    expect((await office.runs())[0]).to.include({
      state: 'ended',
      turns: 4,
      tokens: tokens + USAGE.input + USAGE.output,
    });
  });

  it('go on with what they had found missing, also where the model was not asked yet', async () => {
    await office.hears(office.world.ada, '@scribe work');
    const [{ id: done = '' } = {}] = await office.runs();
    const [wake] = await office.says(office.world.ada, '@scribe more');
    const { id, seq } = wakeOf(wake);
    await asBefore(done, false);
    const session = await office.session();
    const lacks = { wake: id, what: 'I could not read what was said before.' };
    const old = { ...session, live: id, liveSeq: seq, lacks };
    await office.world.store.collection<SessionDoc>('sessions').replace(old, session.rev);
    expect(await move()).to.deep.equal([['what runs used was moved', { runs: 2, atWork: 1 }]]);
    await office.process().runner.wake(wakeOf(wake), never);
    expect((await office.thread()).at(-1)).to.equal('Scribe: Done.\n\n_I could not read what was said before._');
  });

  it('can be stopped', async () => {
    const [wake] = await office.says(office.world.ada, '@scribe work');
    office.script.push(calls(['list_tasks']), new Error('The process ends here.'));
    await office
      .process()
      .runner.wake(wakeOf(wake), never)
      .catch(() => {});
    await asBefore(wakeOf(wake).id, true);
    await move();
    await office.hears(office.world.ada, '@scribe stop');
    expect((await office.thread()).at(-1)).to.equal('Scribe: Okay, I stopped.');
  });
});
