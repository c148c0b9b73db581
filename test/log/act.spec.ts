import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { gate } from '../../src/agents/gate/gate.ts';
import { Conflict, InvalidInput, NotAllowed, NotFound, Retryable } from '../../src/errors.ts';
import { type ActRequest, makeAct } from '../../src/log/act.ts';
import { type Commit, commitId } from '../../src/log/commit.ts';
import { type Head, LOG_SPECS } from '../../src/log/fold.ts';
import { rebuild } from '../../src/log/heal/rebuild.ts';
import { sweep } from '../../src/log/heal/sweep.ts';
import { meaningWith } from '../../src/pods/decide.ts';
import { VIEW_SPECS } from '../../src/pods/kinds.ts';
import { MEMBERS, type MemberDoc } from '../../src/pods/members/member.ts';
import type { Store } from '../../src/store/port.ts';
import { aWorld, refusal, type World } from '../pods/build.ts';
import { memoryData, memoryStore } from '../store/memory.ts';

const request = (world: World, more: Partial<ActRequest> = {}): ActRequest => ({
  pod: world.pod,
  actor: world.ben,
  via: 'slack',
  action: 'create_task',
  input: { title: 'Order boxes' },
  key: 'the-key',
  ...more,
});

const commitsOf = (store: Store) => store.collection<Commit>('commits');

/** The state after a crash right after the append: the commit is on the log, and in no view. */
async function leavePending(world: World): Promise<Commit> {
  const { commit } = await world.act(request(world));
  if (!commit) throw new Error('It should have been committed.');
  const stored = await commitsOf(world.store).get(commit.id);
  await commitsOf(world.store).replace({ ...commit, pending: true }, stored?.rev ?? 0);
  const heads = world.store.collection<Head>('heads');
  const head = await heads.get(world.pod);
  await heads.replace({ id: world.pod, rev: 1, applied: commit.seq - 1 }, head?.rev ?? 0);
  for (const { on, id } of commit.changes) if (on === 'tasks') await world.store.collection(on).delete(id);
  return commit;
}

describe('act', () => {
  it('commits who did what, for whom, through which door', async () => {
    const world = await aWorld();
    const { commit } = await world.act(request(world, { actor: world.scribe, onBehalfOf: world.ben, via: 'model' }));
    expect(commit).to.deep.include({
      actor: world.scribe,
      onBehalfOf: world.ben,
      via: 'model',
      key: 'the-key',
      seq: 3,
    });
    expect(await commitsOf(world.store).get(`${world.pod}:3`)).to.include({ pending: false, at: world.clock.now });
  });

  it('does a key once and returns its first result again', async () => {
    const world = await aWorld();
    const first = await world.act(request(world));
    world.clock.now += 1000;
    const again = await world.act(request(world));
    expect(again).to.deep.include({ result: first.result, repeated: true });
    expect(await world.commits()).to.have.length(3);
  });

  it('does a key once when asked many times at once', async () => {
    const world = await aWorld();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => world.act(request(world))));
    expect(outcomes.filter((one) => !one.repeated)).to.have.length(1);
    expect(new Set(outcomes.map((one) => JSON.stringify(one.result))).size).to.equal(1);
  });

  for (const [what, more] of [
    ['input', { input: { title: 'Something else' } }],
    ['actor', { actor: 'agent:scribe' }],
    ['action', { action: 'record_learning', input: { learning: 'x' } }],
  ] as const)
    it(`refuses a known key with another ${what}`, async () => {
      const world = await aWorld();
      await world.act(request(world));
      const error = await refusal(world.act(request(world, more)));
      expect(error).to.be.instanceOf(Conflict);
      expect(error.message).to.include('“the-key” was already used for “create_task”');
    });

  for (const whole of [false, true])
    it(`passes on why the store took nothing${whole ? ', where all is one write' : ''}, and does it once there is room`, async () => {
      let room = true;
      let asked = 0;
      const step = async (what: string) => {
        if (room || !/^before (commits\.insert|writeAll .*insert commits)/.test(what)) return;
        asked++;
        throw new Retryable('The disk is full.', 30_000);
      };
      const world = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS], { step, whole }) });
      room = false;
      const error = await refusal(world.act(request(world)));
      expect(error).to.be.instanceOf(Retryable).and.include({ message: 'The disk is full.', retryAfterMs: 30_000 });
      expect(asked).to.equal(1);
      room = true;
      expect(await world.act(request(world))).to.include({ repeated: false });
    });

  it('leaves no file when a key is repeated: it may have been erased since, and a refused one is nobody’s', async () => {
    const world = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS], { whole: true }) });
    // An upload names no version that it is based on, so it is never refused because the file is there.
    const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;
    const put = (text: string) => request(world, { action: 'put_file', input: { name: 'plan.md', text }, origin });
    await world.act(put('flour'));
    const [first, other] = ['flour', 'salt'].map((content) => createHash('sha256').update(content).digest('hex'));
    await world.store.blobs.remove(world.pod, String(first));
    expect(await world.act(put('flour'))).to.include({ repeated: true });
    expect(await refusal(world.act(put('salt')))).to.be.instanceOf(Conflict);
    for (const hash of [first, other])
      expect(await world.store.blobs.open(world.pod, String(hash))).to.equal(undefined);
  });

  it('passes on why the store is away when it stays away', async () => {
    let away = false;
    const step = async (what: string) => {
      if (away && what.startsWith('before commits.insert')) throw new Retryable('MongoDB could not do it just now.');
    };
    const world = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS], { step }) });
    away = true;
    expect((await refusal(world.act(request(world)))).message).to.equal('MongoDB could not do it just now.');
  });

  it('finds a repeat although defaults were left out or fields came in another order', async () => {
    const world = await aWorld();
    const input = { title: 'Order boxes', due: '2026-12-01' };
    await world.act(request(world, { input }));
    const turned = { due: '2026-12-01', title: ' Order boxes ' };
    expect((await world.act(request(world, { input: turned }))).repeated).to.equal(true);
  });

  it('keeps the same key apart in different pods', async () => {
    const world = await aWorld();
    await world.act(request(world));
    const other = request(world, { pod: 'p_other', action: 'create_pod', input: { name: 'Other' } });
    expect((await world.act(other)).repeated).to.equal(false);
  });

  describe('after a crash', () => {
    it('brings the pending commit in before the next one', async () => {
      const world = await aWorld();
      await leavePending(world);
      const { task } = await world.does(world.ada, 'create_task', { title: 'Next' });
      expect(task.number).to.equal(2);
      expect((await world.does(world.ada, 'list_tasks')).tasks).to.have.length(2);
      expect((await world.commits()).map(({ pending }) => pending)).to.deep.equal([false, false, false, false]);
    });

    it('brings it in when its key is repeated', async () => {
      const world = await aWorld();
      await leavePending(world);
      expect((await world.act(request(world))).repeated).to.equal(true);
      expect((await world.does(world.ada, 'list_tasks')).tasks).to.have.length(1);
    });

    it('sweeps quiet pods, once', async () => {
      const world = await aWorld();
      const commit = await leavePending(world);
      const deps = { ...world.fold, ...meaningWith(gate), clock: () => world.clock.now };
      expect(await sweep(deps, commit.at - 1)).to.equal(0);
      expect(await sweep(deps, commit.at)).to.equal(1);
      expect((await world.does(world.ada, 'list_tasks')).tasks).to.have.length(1);
      expect(await sweep(deps, commit.at)).to.equal(0);
    });
  });

  it('stops at a commit that a newer Skein wrote, and says so', async () => {
    const world = await aWorld();
    const last = (await world.commits()).at(-1);
    if (!last) throw new Error('There should be a commit.');
    const changes = [
      { v: 3, on: 'pods', id: world.pod, type: 'pod_painted', colour: 'green' },
    ] as unknown as Commit['changes'];
    const newer = { ...last, id: commitId(world.pod, 3), seq: 3, key: 'newer', pending: true, changes };
    await commitsOf(world.store).insert([newer]);
    const error = await refusal(world.act(request(world)));
    expect(error).to.be.instanceOf(Conflict);
    expect(error.message).to.include('newer Skein').and.to.include('Update Skein');
    expect(await world.commits()).to.have.length(3);
    expect(await refusal(rebuild(world.fold, world.pod))).to.be.instanceOf(Conflict);
  });

  it('numbers the commits of several processes without gaps, each once', async () => {
    const world = await aWorld();
    const data = memoryData();
    const first = await aWorld({ store: memoryStore([...LOG_SPECS, ...VIEW_SPECS], { data }) });
    // Every step of the store yields, so that the processes interleave everywhere.
    const step = () => new Promise<void>((resolve) => setImmediate(resolve));
    const processes = Array.from({ length: 3 }, () => {
      const store = memoryStore([...LOG_SPECS, ...VIEW_SPECS], { data, step });
      return makeAct({ store, deliver: async () => {}, ...meaningWith(gate), clock: () => world.clock.now });
    });
    const titles = Array.from({ length: 6 }, (_, n) => `Job ${n}`);
    const outcomes = await Promise.all(
      processes.flatMap((act) => titles.map((title) => act(request(first, { key: title, input: { title } })))),
    );
    expect(outcomes.filter((one) => !one.repeated)).to.have.length(titles.length);
    expect((await first.commits()).map(({ seq }) => seq)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8]);
    const { tasks } = await first.does(first.ada, 'list_tasks');
    expect(tasks.map((task: { title: string }) => task.title)).to.have.members(titles);
    expect(tasks.map((task: { number: number }) => task.number)).to.have.members([1, 2, 3, 4, 5, 6]);
  });

  describe('refuses, and says what to do', () => {
    it('an action that there is not', async () => {
      const world = await aWorld();
      const error = await refusal(world.act(request(world, { action: 'make_task' })));
      expect(error).to.be.instanceOf(NotFound);
      expect(error.message).to.match(
        /^There is no action “make_task”\. These exist: accept_mail, .*withdraw_question\.$/,
      );
      expect(error.message).not.to.include('register_person');
      const near = await refusal(world.act(request(world, { action: 'creat_task' })));
      expect(near.message).to.equal('There is no action “creat_task”. Did you mean create_task?');
    });

    it('an input that does not fit, naming each fault', async () => {
      const world = await aWorld();
      const error = await refusal(world.act(request(world, { input: { title: '', colour: 1 } })));
      expect(error).to.be.instanceOf(InvalidInput);
      expect(error.message).to.match(/^create_task: .*colour.*at title.*\. Mend the input and try again\.$/);
    });

    it('a field that is not given, is empty, too long or no day, in words that people read', async () => {
      const world = await aWorld();
      const told = async (input: unknown) => (await refusal(world.act(request(world, { input })))).message;
      expect(await told({})).to.equal('create_task: A value is needed at title. Mend the input and try again.');
      expect(await told({ title: '' })).to.equal(await told({}));
      expect(await told({ title: 'x'.repeat(301) })).to.equal(
        'create_task: At most 300 characters can be given at title. Mend the input and try again.',
      );
      const task = (number: number) => `#${number}`;
      expect(await told({ title: 'x', depends_on: Array.from({ length: 51 }, (_, n) => task(n)) })).to.equal(
        'create_task: At most 50 can be given at depends_on. Mend the input and try again.',
      );
      expect(await told({ title: 'x', due: 'tomorrow' })).to.equal(
        'create_task: Expected a day such as 2026-11-29 at due. Mend the input and try again.',
      );
    });

    it('strangers and those whose role is too small', async () => {
      const world = await aWorld();
      const stranger = await refusal(world.act(request(world, { actor: world.zoe })));
      expect(stranger).to.be.instanceOf(NotAllowed);
      expect(stranger.message).to.equal(
        'Create a task: you are not a member of this pod. Ask one of its owners to add you, or join its channel.',
      );
      const guest = await refusal(world.act(request(world, { actor: world.gil })));
      expect(guest.message).to.equal(
        'Create a task: that takes the role member in Launch, and you are guest. Ask an owner to do it or to change your role.',
      );
    });

    it('an agent what the person it serves may not do', async () => {
      const world = await aWorld();
      const error = await refusal(world.act(request(world, { actor: world.scribe, onBehalfOf: world.gil })));
      expect(error).to.be.instanceOf(NotAllowed);
    });

    it('strangers, without telling who or what is in the pod', async () => {
      const world = await aWorld();
      const input = { task: '#7', assignee: 'nobody' };
      for (const more of [
        { action: 'assign_task', input },
        { action: 'remove_member', input: { who: 'nobody' } },
      ]) {
        const error = await refusal(world.act(request(world, { actor: world.zoe, ...more })));
        expect(error).to.be.instanceOf(NotAllowed);
        expect(error.message).not.to.include('Ben');
      }
    });
  });

  it('reads without committing', async () => {
    const world = await aWorld();
    const outcome = await world.act(request(world, { action: 'read_pod', input: {} }));
    expect(outcome).to.have.all.keys('result', 'labels', 'repeated');
    expect(await world.commits()).to.have.length(2);
  });

  it('lets an agent in a person’s own pod read what that person may read, and write nothing there', async () => {
    const world = await aWorld();
    const origin = { kind: 'slack', team: 'T1', channel: 'D1', direct: true } as const;
    const dm = { pod: 'p_dm', action: 'create_pod', input: { name: 'Ben', agents: ['pilot'] }, origin };
    await world.act(request(world, dm));
    await world.does(world.ada, 'remove_member', { who: 'pilot' });
    const asked = { actor: world.pilot, onBehalfOf: world.ben, key: 'x' } as const;
    const read = { ...asked, action: 'read_pod', input: {} };
    expect(await refusal(world.act(request(world, read)))).to.be.instanceOf(NotAllowed);
    expect((await world.act(request(world, { ...read, home: 'p_dm' }))).result).to.have.property('members');
    expect(await refusal(world.act(request(world, { ...asked, home: 'p_dm' })))).to.be.instanceOf(NotAllowed);
    // A second person in the DM could read what the agent reads there.
    const gil = { who: world.gil, role: 'member', state: 'in', since: 0 } as const;
    const member = { id: `p_dm/${world.gil}`, rev: 1, pod: 'p_dm', seq: 1, ...gil };
    await world.store.collection<MemberDoc>(MEMBERS.name).insert([member]);
    expect(await refusal(world.act(request(world, { ...read, home: 'p_dm' })))).to.be.instanceOf(NotAllowed);
  });
});
