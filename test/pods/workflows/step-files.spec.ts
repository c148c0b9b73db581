// The files of a workflow: each start has its own where their names hold a field, and an earlier start keeps its files.
import { expect } from 'chai';
import { makePoll } from '../../../src/due/poll.ts';
import { makeReader } from '../../../src/log/read.ts';
import { makeLogger } from '../../../src/logger.ts';
import { importWorkflows } from '../../../src/manifests/import-workflows.ts';
import { parseWorkflowManifest, type WorkflowManifest } from '../../../src/manifests/workflow-manifest.ts';
import { fileId } from '../../../src/pods/files/files.ts';
import { dueRepeats } from '../../../src/pods/tasks/repeats/due.ts';
import { TASKS } from '../../../src/pods/tasks/task.ts';
import { fileNameOf } from '../../../src/pods/workflows/step-files.ts';
import { aWorld, type World } from '../build.ts';

/** A draft and its end make one file, by an agent and by Ben. */
const notes = (file: string, first = 'draft'): WorkflowManifest => {
  const step = (id: string, who: string, after: string) =>
    `  - { id: ${id}, task: "T {{about}}", who: ${who}, after: [${after}], file: "${file}" }`;
  const roles = '  writer: { what: Writes }\n  reader: { what: Reads }';
  const steps = [step(first, 'writer', ''), step('final', 'reader', first)].join('\n');
  const text = `name: notes\ntitle: Notes\npurpose: P.\nroles:\n${roles}\nsteps:\n${steps}\nschedule: { every: Monday, at: "09:00" }`;
  const read = parseWorkflowManifest({ file: 'templates/workflows/notes.yaml', text });
  if (read.kind === 'faulty') throw new Error(read.problems.join('\n'));
  return read.manifest;
};

describe('the files of a workflow', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
  });

  const ships = (input: WorkflowManifest, hash: string) =>
    importWorkflows({ act: world.act, read: makeReader(world.store) }, [{ input, hash }]);
  const starts = (more: object = {}) =>
    world.does(world.ada, 'start_workflow', { workflow: 'notes', roles: ['writer: pilot', 'reader: ben'], ...more });
  const files = async () =>
    (await makeReader(world.store).find(TASKS, { where: { pod: world.pod }, sort: [['number', 'asc']] })).flatMap(
      (task) => task.files ?? [],
    );
  const twice = (...names: string[]) => names.flatMap((name) => Array(2).fill(fileId(world.pod, name)));

  it('are called by the week, the day, the run or a task', () => {
    const numbers = { run: 7, steps: new Map([['draft', { number: 8 }]]) };
    const named = (file: string, taken: string[] = []) =>
      fileNameOf(file, { day: '2027-01-02', taken: new Set(taken), numbers });
    expect(
      ['notes-{{week}}.md', '{{date}}/{{ run }}.md', 'a-{{draft}}', 'log.md'].map((one) => named(one)),
    ).to.deep.equal(['notes-2026-W53.md', '2027-01-02/7.md', 'a-8', 'log.md']);
    expect(named('v1.0/notes-{{week}}', ['v1.0/notes-2026-W53'])).to.equal('v1.0/notes-2026-W53-7');
  });

  it('are another one each week: what comes later writes over nothing and voids no approval', async () => {
    await ships(notes('notes-{{week}}.md'), '1');
    await starts({ repeat: true });
    expect(await files()).to.deep.equal(twice('notes-2026-W45.md'));
    await world.does(world.pilot, 'put_file', { name: 'notes-2026-W45.md', text: 'Here it is.' });
    for (const [by, task] of [
      [world.pilot, '2'],
      [world.ben, '3'],
    ] as const)
      await world.does(by, 'complete_task', { task });
    world.clock.now = Date.parse('2026-11-09T09:00Z');
    const logger = makeLogger(() => undefined, Date.now);
    const deps = { act: world.act, read: makeReader(world.store), clock: () => world.clock.now, logger };
    await makePoll({ things: [dueRepeats], ...deps })(new AbortController().signal);
    expect(await files()).to.deep.equal(twice('notes-2026-W45.md', 'notes-2026-W46.md'));
  });

  it('are another one for a second start in the week, before and after the first has made it', async () => {
    await ships(notes('notes-{{week}}.md'), '1');
    await starts();
    await starts();
    await world.does(world.pilot, 'put_file', { name: 'notes-2026-W45.md', text: 'Here it is.' });
    await starts();
    expect(await files()).to.deep.equal(twice('notes-2026-W45.md', 'notes-2026-W45-4.md', 'notes-2026-W45-7.md'));
  });

  it('are the same one at each start without a field', async () => {
    await ships(notes('notes.md'), '1');
    await starts();
    await starts();
    expect(await files()).to.deep.equal(twice('notes.md', 'notes.md'));
  });

  it('stay what they are for what was started by an earlier version of the file', async () => {
    await ships(notes('notes.md'), '1');
    await starts();
    await ships(notes('notes-{{run}}.md'), '2');
    await starts();
    expect(await files()).to.deep.equal(twice('notes.md', 'notes-4.md'));
  });

  it('are called by the task of a step that is called as a field is, as before there were fields', async () => {
    const { steps, ...rest } = notes('notes.md', 'run');
    await ships({ ...rest, steps: steps.map((step) => ({ ...step, file: 'notes-{{run}}.md' })) }, '1');
    await starts();
    expect(await files()).to.deep.equal(twice('notes-2.md'));
  });
});
