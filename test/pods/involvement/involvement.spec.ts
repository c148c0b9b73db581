// How close people stay with work: each level decides of which steps they are told, and never whether they hear what waits.
import { expect } from 'chai';
import type { Step } from '../../../src/log/needs/need.ts';
import type { PersonId } from '../../../src/log/participant.ts';
import { closenessIn, closenessNamed, LEVELS, levelIn, levelNamed } from '../../../src/pods/involvement/level.ts';
import { NEEDS, type NeedDoc } from '../../../src/pods/needs/need.ts';
import { TELLINGS } from '../../../src/pods/telling/telling.ts';
import { aWorld, refusal, type World } from '../build.ts';

/** The deliveries that make people hear, carried as the outbox does. Returns which of them heard. */
async function heard(world: World): Promise<string[]> {
  const acts = world.delivered.splice(0).flatMap((one) => (one.kind === 'act' ? [one] : []));
  for (const { in: pod, actor, action, input, key } of acts)
    await world.act({ pod, actor, via: 'skein', action, input, key });
  return acts.filter(({ action }) => action === 'hear').map((one) => one.in);
}

async function newsOf({ store }: World, who: PersonId): Promise<(Step | undefined)[]> {
  const news = await store.collection<NeedDoc>(NEEDS.name).find({ where: { who, state: 'news' } });
  return news.map(({ step }) => step);
}

describe('involvement', () => {
  let world: World;
  beforeEach(async () => {
    world = await aWorld();
    await world.does(world.ada, 'create_task', { title: 'Order boxes', assignee: 'ben' });
    await heard(world);
  });
  const steps = async (): Promise<(Step | undefined)[]> => {
    const told: (Step | undefined)[] = [];
    for (const [action, input] of [
      ['start_task', {}],
      ['update_task', { due: '2026-12-24' }],
      ['complete_task', {}],
    ] as const) {
      await world.does(world.ben, action, { task: '#1', ...input });
      if ((await heard(world)).includes(world.ada)) told.push(...(await newsOf(world, world.ada)));
    }
    return told;
  };

  for (const [level, told] of Object.entries({
    every_step: ['started', 'changed', 'finished'],
    checkpoints: ['started', 'finished'],
    result: ['finished'],
    digest: [],
    none: [],
  }))
    it(`of “${level}” tells ${told.join(', ') || 'nothing'}`, async () => {
      const at = level === 'checkpoints' ? { at: ['started'] } : {};
      await world.does(world.ada, 'set_involvement', { level, task: '#1', ...at });
      expect(await steps()).to.deep.equal(told);
    });

  it('is the result for whoever gave the task and said nothing, else the owner’s default, and nothing for the others', async () => {
    expect(await steps()).to.deep.equal(['finished']);
    await world.does(world.ada, 'set_involvement', { level: 'digest', everybody: true });
    await world.does(world.ben, 'reopen_task', { task: '#1' });
    await world.does(world.ben, 'complete_task', { task: '#1' });
    expect(await heard(world), 'the default of the pod').not.to.include(world.ada);
    await world.does(world.ada, 'set_involvement', { level: 'result', everybody: true });
    await world.does(world.ben, 'reopen_task', { task: '#1' });
    await world.does(world.ben, 'complete_task', { task: '#1' });
    await heard(world);
    expect(await newsOf(world, world.ada)).to.deep.equal(['finished']);
    expect(await newsOf(world, world.gil), 'he gave no task').to.deep.equal([]);
  });

  it('with a pod is one with all its tasks, and a level for one task goes before', async () => {
    await world.does(world.gil, 'set_involvement', { level: 'every_step' });
    await world.does(world.ada, 'create_task', { title: 'Weigh' });
    expect(await newsOf(world, world.gil)).to.deep.equal(['created']);
    await world.does(world.gil, 'set_involvement', { level: 'none', task: '#1' });
    await world.does(world.ben, 'start_task', { task: '#1' });
    expect(await newsOf(world, world.gil)).to.deep.equal(['created']);
  });

  it('is turned in the middle of the work, and tells of one’s own wish also when it was done for one', async () => {
    await world.does(world.ada, 'assign_task', { task: '#1', assignee: 'scribe' });
    await world.does(world.ada, 'set_involvement', { level: 'every_step', task: '#1' });
    await world.does(world.scribe, 'start_task', { task: '#1' }, { onBehalfOf: world.ada });
    expect(await newsOf(world, world.ada)).to.deep.equal(['started']);
    await world.does(world.scribe, 'set_involvement', { level: 'digest', task: '#1' }, { onBehalfOf: world.ada });
    await world.does(world.scribe, 'complete_task', { task: '#1' }, { onBehalfOf: world.ada });
    expect(await newsOf(world, world.ada), 'the last step that she was told').to.deep.equal(['started']);
  });

  it('never tells of one’s own step, nor twice of what asks for work, and always what waits', async () => {
    await world.does(world.ben, 'set_involvement', { level: 'every_step', task: '#1' });
    await world.does(world.ben, 'start_task', { task: '#1' });
    expect(await newsOf(world, world.ben)).to.deep.equal([]);
    await world.does(world.ben, 'set_involvement', { level: 'none', task: '#1' });
    await world.does(world.ada, 'update_task', { task: '#1', due: '2026-12-24' });
    expect(await heard(world)).to.deep.equal([world.ben]);
    expect((await world.doc(TELLINGS, world.ben))?.dueAt).to.be.a('number');
    await world.does(world.ben, 'set_involvement', { level: 'every_step', task: '#1' });
    await world.does(world.ada, 'reopen_task', { task: '#1' }).catch(() => undefined);
    await world.does(world.ada, 'update_task', { task: '#1', due: '2026-12-26' });
    expect(await newsOf(world, world.ben)).to.deep.equal([]);
    const { waiting } = await world.does(world.ada, 'list_waiting');
    expect(waiting, 'news waits for nobody').to.deep.equal([]);
  });

  it('says what is wrong with a wish, and how to mend it', async () => {
    const said = async (input: object, who = world.ada) =>
      (await refusal(world.does(who, 'set_involvement', input))).message;
    expect(await said({ level: 'checkpoints', task: '#1' })).to.contain('created, started');
    expect(await said({ level: 'result', at: ['started'] })).to.contain('Leave at away');
    expect(await said({ level: 'result', everybody: true }, world.ben)).to.contain('Ask an owner');
    expect(await said({ level: 'result', task: '#1', everybody: true })).to.contain('whole pod');
    expect(await said({ level: 'result', task: '#99' })).to.contain('#99');
  });

  it('is read in words that can mean nothing else; a command may be shorter', () => {
    for (const [words, level] of Object.entries({
      "Only tell me when it's done": 'result',
      'only tell me when its done': 'result',
      'tell me only once it is finished.': 'result',
      'Tell me every step, please.': 'every_step',
      'only in the digest': 'digest',
      'Tell me nothing about it': 'none',
    }))
      expect(levelIn(words), words).to.equal(level);
    for (const words of ['digest', 'nothing', 'result', 'every step counts', 'tell me when it starts', 'done'])
      expect(levelIn(words), words).to.equal(undefined);
    expect(levelNamed('digest')).to.equal('digest');
    expect(levelNamed('nothing')).to.equal('none');
    for (const words of ['only when its done', 'when it’s done', 'When it is done.'])
      expect(levelNamed(words), words).to.equal('result');
    for (const level of LEVELS)
      if (level !== 'checkpoints' && level !== 'none') expect(levelNamed(level), level).to.equal(level);
    expect(levelNamed('sometimes')).to.equal(undefined);
  });

  for (const [words, named] of [
    ['Checkpoint: outline', ['outline']],
    ['checkpoints: “Outline”, the final text and names.', ['Outline', 'final text', 'names']],
    ['Wait for me at the checkpoints outline and final text', ['outline', 'final text']],
    ['wait for me at: Outline', ['Outline']],
  ] as const)
    it(`reads the points in “${words}”`, () => {
      expect(closenessIn(words)).to.deep.equal({ level: 'checkpoints', named });
    });

  it('reads points in the words of a command without a colon, and none in other sentences', () => {
    expect(closenessNamed('checkpoints outline, text')).to.deep.equal({
      level: 'checkpoints',
      named: ['outline', 'text'],
    });
    expect(closenessNamed('every step')).to.deep.equal({ level: 'every_step' });
    for (const words of [
      'wait for me at the station',
      'The checkpoint meeting is at three',
      'checkpoints:',
      `checkpoint: ${'a'.repeat(61)}`,
      `checkpoints: ${Array.from({ length: 11 }, (_, n) => n).join(', ')}`,
    ])
      expect(closenessIn(words), words).to.equal(undefined);
  });

  it('names points of one task only, and only as checkpoints', async () => {
    const said = async (input: object) => (await refusal(world.does(world.ada, 'set_involvement', input))).message;
    expect(await said({ level: 'checkpoints', named: ['Outline'] })).to.contain('those of one task');
    expect(await said({ level: 'result', task: '#1', named: ['Outline'] })).to.contain('Leave named away');
    expect(await said({ level: 'checkpoints', task: '#1' })).to.contain('name the points');
    const named = ['Outline', 'outline', 'Final text'];
    const set = await world.does(world.ada, 'set_involvement', { level: 'checkpoints', task: '#1', named });
    expect(set.named).to.deep.equal(['Outline', 'Final text']);
  });
});
