// Every text that a person or a model wrote can be erased, after which nothing of it is left in a store.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { SessionDoc, TurnDoc } from '../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../src/agents/specs.ts';
import { LOG_SPECS } from '../../src/log/fold.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { canonical } from '../../src/log/ids.ts';
import type { ParticipantId } from '../../src/log/participant.ts';
import type { Erased, ViewDoc } from '../../src/log/view.ts';
import { eraseAll } from '../../src/outbox/kinds/erase.ts';
import { WORDING_SPEC } from '../../src/outbox/wordings.ts';
import { ALL_ACTIONS } from '../../src/pods/actions.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import { openEmbedded } from '../../src/store/embedded/open.ts';
import type { Store } from '../../src/store/port.ts';
import { EXAMPLES } from '../parity/examples.ts';
import { type Scene, sceneIn } from '../parity/stage.ts';
import { aWorld, type World } from '../pods/build.ts';
import { memoryData, memoryStore } from '../store/memory.ts';

const MARK = 'zqquux';
const SPECS = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, WORDING_SPEC];

/** Inputs with text. Texts about people and agents in the organisation are not erased. */
const WORDS = new Set([
  'title',
  'text',
  'note',
  'decision',
  'why',
  'learning',
  'context',
  'reason',
  'from',
  'subject',
  'excerpt',
  'options',
  'choice',
  'otherwise',
  'about',
  'named',
  'assumptions',
  'result',
  'comments',
  'beyond',
]);
/** Inputs without text: names of things, and choices. A new input must be in one of the two lists. */
const NAMES = new Set(
  'app name purpose agents members into default_agent archived restore who role conversation message agent task assignee due base what mail raw handle needed_by fallback level trace keep everywhere every at zone depends_on parent add remove workflow roles reviewers'.split(
    ' ',
  ),
);

const ACTS = ALL_ACTIONS.filter(
  ({ effect, org, internal, name }) => effect !== 'read' && !org && !internal && EXAMPLES[name],
);

interface OpenStore {
  store: Store;
  /** Everything that it holds, as text. Closes the store. */
  dump(): Promise<string>;
  remove(): Promise<void>;
}

async function inMemory(): Promise<OpenStore> {
  const data = memoryData();
  const bytes = () => [...data.blobs.values()].map((content) => Buffer.from(content).toString());
  const dump = async () =>
    JSON.stringify([
      ...[...data.docs.values()].map((docs) => [...docs]),
      [...data.bodies],
      [...data.postings],
      bytes(),
    ]);
  return { store: memoryStore(SPECS, { data }), dump, remove: async () => {} };
}

async function embedded(): Promise<OpenStore> {
  const dir = await mkdtemp(join(tmpdir(), 'skein-erase-'));
  const store = await openEmbedded({ dir, specs: SPECS });
  return { store, dump: () => store.close().then(() => dumpOf(dir)), remove: () => rm(dir, { recursive: true }) };
}

/** The files on the disk, including what a database keeps of deleted records. */
async function dumpOf(dir: string): Promise<string> {
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  const contents = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')));
  return contents.join('\n');
}

/** The name of a file goes with the file. */
function namesFile(action: string, name: string): boolean {
  return name === 'file' || (name === 'name' && ['put_file', 'restore_file', 'send_file'].includes(action));
}

function marked(action: string, input: object): object {
  const entries = Object.entries(input).map(([name, value]) => {
    if (Array.isArray(value) && WORDS.has(name)) return [name, value.map((one) => `${MARK}-${one}`)];
    if (typeof value !== 'string') return [name, value];
    // In every other action it is the number of a question.
    if (name === 'question') return [name, action === 'ask' ? `${MARK}-${value}` : value];
    // Skein itself writes the reason for the quarantine.
    if (action === 'hold_mail' && name === 'reason') return [name, value];
    if (WORDS.has(name) || namesFile(action, name)) return [name, `${MARK}-${value}`];
    if (!NAMES.has(name)) throw new Error(`Is “${name}” of ${action} words or a name? Say it in this test.`);
    return [name, value];
  });
  return Object.fromEntries(entries);
}

/** The example with marked words as texts. */
async function done(world: World, action: string): Promise<void> {
  const marking: World = {
    ...world,
    does: (who, name, input = {}, more) => world.does(who, name, marked(name, input as object), more),
  };
  const scene: Scene = await sceneIn(marking, ['wait_for', 'checkpoint'].includes(action) ? 'agent' : 'person');
  const input = await (EXAMPLES[action] as (scene: Scene) => object)(scene);
  await marking.does(scene.actor, action, input, action === 'create_pod' ? { pod: 'p_offsite' } : {});
}

/** An agent that has read everything, in the pod and in a direct pod. */
async function readByAgents(world: World): Promise<void> {
  const { store, ada, scribe } = world;
  const origin = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
  await world.does(ada, 'create_pod', { name: 'Ada', agents: ['scribe'] }, { pod: 'p_dm', origin });
  const session = {
    rev: 1,
    agent: scribe,
    epoch: 1,
    model: 'm',
    prefix: 'x',
    agentVersion: 1,
    stoppedAt: 0,
    loaded: [],
  };
  const turn = {
    rev: 1,
    epoch: 1,
    n: 1,
    role: 'user',
    content: `["${MARK}"]`,
    position: 1,
    run: 'r',
    at: world.clock.now,
  } as const;
  for (const pod of [world.pod, 'p_dm']) {
    await store
      .collection<SessionDoc>('sessions')
      .insert([{ ...session, id: `s_${pod}`, pod, conversation: `c_${pod}` }]);
    await store.collection<TurnDoc>('turns').insert([{ ...turn, id: `s_${pod}:1:1`, session: `s_${pod}` }]);
  }
}

async function eraseEverything(world: World): Promise<void> {
  const owner: ParticipantId = world.ada;
  const kinds = ['questions', 'messages', 'tasks', 'files', 'notes', 'conversations'] as const;
  for (const pod of [world.pod, 'p_offsite'])
    for (const kind of kinds)
      for (const doc of await world.store.collection<ViewDoc & { erased?: Erased }>(kind).find({ where: { pod } }))
        if (doc.erased ? doc.erased.reasonRef : kind !== 'conversations' || 'titleRef' in doc)
          await world.does(owner, 'redact', { what: doc.id }, { pod });
  for (const delivery of world.delivered) if (delivery.kind === 'erase') await eraseAll(world.store, delivery);
}

async function viewsOf({ store, pod }: World): Promise<string> {
  const views = VIEW_SPECS.map(({ name }) => store.collection<ViewDoc>(name).find({ where: { pod } }));
  return canonical((await Promise.all(views)).flat().map((doc) => ({ ...doc, rev: 0 })));
}

describe('every word', () => {
  for (const [where, keep] of [
    ['in memory', inMemory],
    ['in the embedded store', embedded],
  ] as const)
    for (const { name } of ACTS)
      it(`of ${name} can be erased ${where}`, async () => {
        const open = await keep();
        try {
          const world = await aWorld({ store: open.store });
          await done(world, name);
          await readByAgents(world);
          await eraseEverything(world);
          const { history } = await world.does(world.ada, 'pod_history', { limit: 200 });
          const said = JSON.stringify(history);
          expect(said).not.to.include(MARK);
          expect(said).to.match(/Ada Lindqvist erased (a|the title)/);
          const before = await viewsOf(world);
          await rebuild(world.fold, world.pod);
          expect(await viewsOf(world)).to.equal(before);
          expect(await open.dump()).not.to.include(MARK);
        } finally {
          await open.store.close();
          await open.remove();
        }
      });

  for (const [where, keep] of [
    ['in memory', inMemory],
    ['in the embedded store', embedded],
  ] as const)
    it(`is kept ${where} until then`, async () => {
      const open = await keep();
      try {
        const world = await aWorld({ store: open.store });
        await done(world, 'put_file');
        await readByAgents(world);
        const dump = await open.dump();
        // The title, the message, the file's name and its two versions; each of the two transcripts.
        expect(dump.split(MARK).length - 1).to.be.at.least(7);
      } finally {
        await open.store.close();
        await open.remove();
      }
    });
});
