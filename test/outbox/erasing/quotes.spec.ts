// What agents wrote from an erased text loses the passages that quote it, at once: nothing else does.
import { expect } from 'chai';
import { RUN_SPEC } from '../../../src/agents/runs/record.ts';
import { type SessionDoc, sessionId, type TurnDoc } from '../../../src/agents/sessions/session.ts';
import { SESSION_SPECS } from '../../../src/agents/specs.ts';
import { LOG_SPECS } from '../../../src/log/fold.ts';
import { makeReader } from '../../../src/log/read.ts';
import { ERASURE_SPEC } from '../../../src/outbox/erasing/plan.ts';
import { erase } from '../../../src/outbox/kinds/erase.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { WORDING_SPEC } from '../../../src/outbox/wordings.ts';
import type { Delivery } from '../../../src/pods/deliveries.ts';
import { VIEW_SPECS } from '../../../src/pods/kinds.ts';
import { aWorld, type Json, type World } from '../../pods/build.ts';
import { memoryStore } from '../../store/memory.ts';

type Erase = Extract<Delivery, { kind: 'erase' }>;

const SAID = '@Scribe the supplier is Zanzibar Crates of Harbour Street, keep it to yourselves.';
const QUOTE = 'the supplier is Zanzibar Crates of Harbour Street';

describe('quotes of an erased text', () => {
  let world: World;
  let message: Json;
  let parts: Parts;
  let session: string;
  let n = 1;

  beforeEach(async () => {
    const specs = [...LOG_SPECS, ...VIEW_SPECS, ...SESSION_SPECS, RUN_SPEC, WORDING_SPEC, ERASURE_SPEC];
    world = await aWorld({ store: memoryStore(specs) });
    const { store, act, ada } = world;
    parts = { store, act, read: makeReader(store) } as unknown as Parts;
    message = await world.acts(ada, 'start_conversation', { title: 'Crates', text: SAID });
    session = await joins('scribe', message.result.conversation.id, SAID);
  });

  /** The agent's session in a conversation, which has taken in a text. */
  async function joins(agent: 'scribe' | 'pilot', conversation: string, content: string): Promise<string> {
    const { store, pod, clock } = world;
    const id = sessionId(world[agent], conversation);
    const doc = { id, rev: 1, pod, conversation, agent: world[agent], epoch: 1, model: 'm', prefix: 'x' };
    await store.collection<SessionDoc>('sessions').insert([{ ...doc, agentVersion: 1, stoppedAt: 0, loaded: [] }]);
    const turn = { rev: 1, epoch: 1, n: 1, role: 'user', position: 1, run: 'r', at: clock.now } as const;
    const text = JSON.stringify([{ type: 'text', text: content }]);
    await store.collection<TurnDoc>('turns').insert([{ ...turn, id: `${id}:1:1`, session: id, content: text }]);
    return id;
  }
  const calls = (action: string, input: object, of = session, who: 'scribe' | 'pilot' = 'scribe') =>
    world.does(world[who], action, input, { key: `${of}:1:${++n}:0`, via: 'model' });
  const erased = () => world.delivered.filter(({ kind }) => kind === 'erase') as Erase[];
  async function carried() {
    for (const one of erased()) await erase.carry(parts, one, new AbortController().signal);
  }
  const deletes = () => world.does(world.ada, 'delete_message', { message: message.result.message.id });
  /** All texts, contents and postings that the store has. */
  async function stored(): Promise<string> {
    const { store, pod } = world;
    const refs = JSON.stringify(await store.collection('commits').find({ where: {} })).match(/b_[a-z0-9]{25}/g) ?? [];
    const found = await store.search.query(pod, 'zanzibar', 10);
    return JSON.stringify([...(await store.bodies.get([...new Set(refs)])).values(), ...found]);
  }

  it('go from answers, notes, tasks and questions of agents, and from search', async () => {
    const conversation = message.result.conversation.id;
    await calls('record_learning', { learning: `As Ada says, ${QUOTE}.` });
    await calls('create_task', { title: 'Write to Zanzibar Crates of Harbour Street', text: QUOTE });
    await calls('ask', { question: `Is it right that ${QUOTE}?`, to: ['ben'], conversation });
    await world.does(world.scribe, 'post_message', { conversation, text: `Noted: ${QUOTE}. I order now.` });
    await deletes();
    await carried();
    const left = await stored();
    expect(left).not.to.match(/zanzibar|harbour/i);
    expect(left).to.include('Noted: (erased). I order now.').and.to.include('As Ada says, (erased).');
  });

  it('go from the title of an agent’s conversation, also if it alone has them', async () => {
    await calls('start_conversation', { title: `Is it so that ${QUOTE}?`, text: 'Who knows?' });
    await deletes();
    await carried();
    expect(await stored()).not.to.match(/zanzibar|harbour/i);
  });

  it('go from a file by an agent: it gets a version without them, and the older ones are erased', async () => {
    const { file } = await calls('put_file', { name: 'plan.md', text: `# Plan\n\n${QUOTE}\n\nOrder by Friday.\n` });
    await deletes();
    await carried();
    await carried();
    const read = await world.does(world.ben, 'read_file', { name: 'plan.md' });
    expect(read.file.text ?? read.text).to.equal('# Plan\n\n(erased)\n\nOrder by Friday.\n');
    const versions = await world.store.collection('versions').find({ where: { file: file.id } as never });
    expect(versions.map((one) => Boolean((one as Json).erased))).to.deep.equal([true, false]);
    expect(await world.store.blobs.open(world.pod, (versions[0] as Json).hash || 'x')).to.equal(undefined);
  });

  it('stay in a file, and in its name, that a person wrote and an agent only goes on with', async () => {
    const name = `${QUOTE}.md`;
    await world.does(world.ben, 'put_file', { name, text: `${QUOTE}\n` });
    await calls('put_file', { name, text: `${QUOTE}\nMore.\n`, base: 1 });
    await deletes();
    await carried();
    const read = await world.does(world.ben, 'read_file', { name });
    expect(JSON.stringify(read)).to.include(`${QUOTE}\\nMore.`).and.not.to.include('(erased)');
  });

  it('stay where a person wrote them, and where the agent could not have them from there', async () => {
    const other = await joins('pilot', 'c_other', 'something else');
    await world.does(world.ben, 'record_learning', { learning: `I know from elsewhere: ${QUOTE}` });
    await calls('record_learning', { learning: `Of another source: ${QUOTE}` }, other, 'pilot');
    await deletes();
    await carried();
    expect(await stored())
      .to.include('from elsewhere: the supplier is')
      .and.to.include('source: the supplier is');
  });

  it('go where an agent has read the text in another conversation', async () => {
    const other = await joins('pilot', 'c_other', `{\\"text\\":\\"${SAID}\\"}`);
    await calls('record_learning', { learning: `Read there: ${QUOTE}` }, other, 'pilot');
    await deletes();
    await carried();
    expect(await stored()).to.include('Read there: (erased)');
  });

  it('go too if an agent wrote them while its session forgot, and Skein crashed then', async () => {
    const other = await joins('pilot', 'c_other', `{\\"text\\":\\"${SAID}\\"}`);
    await deletes();
    const { store } = world;
    const crash = async () => Promise.reject(new Error('crash'));
    const bodies = new Proxy(store.bodies, { get: (of, key) => (key === 'remove' ? crash : Reflect.get(of, key)) });
    const crashing = new Proxy(store, { get: (of, key) => (key === 'bodies' ? bodies : Reflect.get(of, key)) });
    const [one] = erased();
    const carry = erase.carry({ ...parts, store: crashing }, one as Erase, new AbortController().signal);
    expect(await carry.catch((error) => (error as Error).message)).to.equal('crash');
    await calls('record_learning', { learning: `Late: ${QUOTE}` }, other, 'pilot');
    await carried();
    expect(await stored()).to.include('Late: (erased)');
    expect(await store.collection('erasures').find({ where: {} })).to.deep.equal([]);
  });

  it('go from the post in Slack of an agent that wrote them', async () => {
    const conversation = message.result.conversation.id;
    const posted = await world.does(world.scribe, 'post_message', { conversation, text: `Noted: ${QUOTE}.` });
    const place = { team: 'T1', channel: 'C1', ts: ['1700000000.000100'] };
    await world.does('skein', 'record_sent', { message: posted.message.id, ...place });
    await deletes();
    const before = world.delivered.length;
    await carried();
    const { id } = posted.message;
    const updates = world.delivered.slice(before).filter(({ kind }) => kind === 'update');
    expect(updates).to.have.length(1);
    expect(updates[0]).to.include({ message: id, conversation });
  });

  it('are told on the log, once, also when the erasure is carried twice', async () => {
    const { note } = await calls('record_learning', { learning: `As Ada says, ${QUOTE}.` });
    await deletes();
    await carried();
    await carried();
    const commits = (await world.commits()).filter(({ action }) => action === 'take_out_quotes');
    expect(commits.map(({ changes }) => changes)).to.deep.equal([
      [{ v: 1, on: 'notes', id: note.id, type: 'passage_erased' }],
    ]);
    expect(JSON.stringify(await world.does(world.ben, 'pod_history', {}))).to.include(
      'words in a note that quoted something erased',
    );
  });

  it('do not go with the words of everyday', async () => {
    const { result } = await world.acts(world.ada, 'post_message', {
      conversation: message.result.conversation.id,
      text: 'Yes, please do it',
    });
    await calls('record_learning', { learning: 'Ada says: yes, please do it.' });
    await world.does(world.ada, 'delete_message', { message: result.message.id });
    await carried();
    expect(await stored()).to.include('Ada says: yes, please do it.');
  });
});
