// An erasure ends the epochs that held the words, and no other: real runs, whose turns name what was read for them.
import { expect } from 'chai';
import { type SessionDoc, type TurnDoc, turnsOf } from '../../../src/agents/sessions/session.ts';
import { makeReader } from '../../../src/log/read.ts';
import { erase } from '../../../src/outbox/kinds/erase.ts';
import type { Parts } from '../../../src/outbox/parts.ts';
import { anOffice, calls, never, type Office, says } from '../../agents/office.ts';
import type { Json } from '../../pods/build.ts';

/** So short that no passage is found by its words: only what was read tells. */
const MARK = 'zqquux';

describe('an erasure', () => {
  let office: Office;
  beforeEach(async () => {
    office = await anOffice();
    const tools = [
      ...['create_task', 'list_tasks', 'search_pod', 'pod_history', 'read_file', 'list_files', 'read_graph'],
      ...['record_learning', 'complete_task', 'ask', 'list_questions'],
    ];
    for (const agent of ['scribe', 'pilot'])
      await office.world.does(office.world.ada, 'update_agent', { agent, tools });
  });

  async function carried(): Promise<void> {
    const { store, act, delivered } = office.world;
    const parts = { store, act, read: makeReader(store) } as unknown as Parts;
    for (const one of delivered.splice(0)) if (one.kind === 'erase') await erase.carry(parts, one, never);
  }
  const erases = async (what: string) => {
    await office.world.does(office.world.ada, 'redact', { what });
    await carried();
  };
  const transcripts = async () => {
    const sessions = await office.world.store
      .collection<SessionDoc>('sessions')
      .find({ where: { pod: office.world.pod } });
    const turns = await Promise.all(sessions.map(({ id, epoch }) => turnsOf(office.world.store, id, epoch)));
    return JSON.stringify(turns.flat().map(({ content }: TurnDoc) => content));
  };
  const epoch = async () => (await office.session()).epoch;

  it('leaves the epoch of a session that has read nothing of it', async () => {
    const { world } = office;
    await office.hears(world.ada, '@scribe hello');
    const elsewhere = await world.does(world.ben, 'start_conversation', { title: 'Elsewhere', text: `It is ${MARK}.` });
    await erases(elsewhere.message.id);
    const { task } = await world.does(world.ben, 'create_task', { title: MARK });
    office.script.push(calls(['list_tasks']));
    await office.hears(world.ada, '@scribe are you there?');
    expect(await transcripts()).to.include(MARK);
    expect(await epoch()).to.equal(1);
    await erases(task.id);
    expect(await transcripts()).not.to.include(MARK);
    expect(await epoch()).to.equal(2);
  });

  it('leaves the epoch of a run that asks people and waits for them', async () => {
    const { world } = office;
    office.script.push(
      calls(['ask', { question: 'Which boxes?', to: ['ada'] }]),
      calls(['list_questions']),
      says('I have asked.'),
    );
    await office.hears(world.ada, '@scribe hello');
    const { note } = await world.does(world.ben, 'record_learning', { learning: MARK });
    await erases(note.id);
    expect(await epoch()).to.equal(1);
  });

  const made: Readonly<Record<string, () => Promise<string>>> = {
    async task() {
      const { world } = office;
      return (await world.does(world.ben, 'create_task', { title: MARK, text: MARK })).task.id;
    },
    async note() {
      const { world } = office;
      return (await world.does(world.ben, 'record_learning', { learning: MARK })).note.id;
    },
    async file() {
      const { world } = office;
      return (await world.does(world.ben, 'put_file', { name: `${MARK}.md`, text: MARK })).file.id;
    },
    async message() {
      const { world } = office;
      return (await world.does(world.ben, 'start_conversation', { title: 'Elsewhere', text: MARK })).message.id;
    },
  };
  const reads: readonly [string, object, keyof typeof made][] = [
    ['list_tasks', {}, 'task'],
    ['search_pod', { query: MARK }, 'task'],
    ['search_pod', { query: MARK }, 'note'],
    ['list_files', {}, 'file'],
    ['search_pod', { query: MARK }, 'message'],
    ['pod_history', {}, 'task'],
    ['pod_history', {}, 'note'],
    ['read_file', { name: `${MARK}.md` }, 'file'],
    ['read_graph', {}, 'task'],
    ['complete_task', { task: '1' }, 'task'],
  ];
  for (const [action, input, what] of reads)
    it(`ends the epoch of a session that has the ${what} by ${action}`, async () => {
      const { world } = office;
      await office.hears(world.ada, '@scribe hello');
      let id = '';
      office.script.push(async () => {
        id = await (made[what] as () => Promise<string>)();
        return calls([action, input]);
      }, says('I have looked.'));
      await office.hears(world.ada, '@scribe look');
      expect(await transcripts()).to.include(MARK);
      expect(await epoch()).to.equal(1);
      await erases(id);
      expect(await transcripts()).not.to.include(MARK);
      expect(await epoch()).to.equal(2);
    });

  it('ends the epoch of a session that has read a quote of it by another agent', async () => {
    const { world } = office;
    const SECRET = 'The supplier is Zanzibar Crates of Harbour Street.';
    const other: Json = await world.does(world.ben, 'start_conversation', {
      title: 'Crates',
      text: `@pilot ${SECRET}`,
    });
    office.script.push(calls(['record_learning', { learning: SECRET }]), says('Noted.'));
    await office.carry(world.delivered.splice(0).filter(({ kind }) => kind === 'wake'));
    await office.hears(world.ada, '@scribe hello');
    expect(await transcripts()).to.include('Zanzibar');
    expect(await epoch()).to.equal(1);
    await world.does(world.ben, 'delete_message', { message: other.message.id });
    await carried();
    expect(await transcripts()).not.to.include('Zanzibar');
    expect(await epoch()).to.equal(2);
  });
});
