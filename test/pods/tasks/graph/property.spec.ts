// Whatever people do with a graph of tasks: what stands in each document is what follows from all of them, and no circle ever
// stands.
import { expect } from 'chai';
import fc from 'fast-check';
import { UserFacingError } from '../../../../src/errors.ts';
import { ready } from '../../../../src/pods/tasks/graph/ready.ts';
import { TASKS, type TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { aWorld, type World } from '../../build.ts';

const MOST = 8;
const number = fc.integer({ min: 1, max: MOST });
const move = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), a: number, b: number }),
  fc.record({ kind: fc.constant('remove' as const), a: number, b: number }),
  fc.record({ kind: fc.constant('part' as const), a: number, b: number }),
  fc.record({ kind: fc.constant('done' as const), a: number, b: number }),
  fc.record({ kind: fc.constant('drop' as const), a: number, b: number }),
  fc.record({ kind: fc.constant('reopen' as const), a: number, b: number }),
  fc.record({ kind: fc.constant('merge' as const), a: number, b: number }),
  fc.record({ kind: fc.constant('erase' as const), a: number, b: number }),
);
type Move = typeof move extends fc.Arbitrary<infer M> ? M : never;

function actOf({ kind, a, b }: Move): [action: string, input: object] {
  const task = `#${a}`;
  switch (kind) {
    case 'add':
      return ['change_dependencies', { task, add: [`#${b}`] }];
    case 'remove':
      return ['change_dependencies', { task, remove: [`#${b}`] }];
    case 'part':
      return ['create_task', { title: 'Part', parent: task, depends_on: [`#${b}`] }];
    case 'done':
      return ['complete_task', { task }];
    case 'drop':
      return ['drop_task', { task, reason: 'Not needed' }];
    case 'reopen':
      return ['reopen_task', { task }];
    case 'merge':
      return ['merge_tasks', { task, into: `#${b}` }];
    case 'erase':
      return ['redact', { what: task }];
    default:
      return kind satisfies never;
  }
}

/** From the states of all tasks, without what each has noted of the others. */
function readyFrom(task: TaskDoc, all: ReadonlyMap<string, TaskDoc>): boolean {
  const isActive = task.state === 'open' || task.state === 'started';
  return isActive && (task.dependsOn ?? []).every((id) => all.get(id)?.state === 'done');
}

function circleIn(all: ReadonlyMap<string, TaskDoc>): boolean {
  const over = new Set<string>();
  const ahead = ({ id, dependsOn = [] }: TaskDoc) => [
    ...dependsOn,
    ...[...all.values()].filter(({ parent }) => parent === id).map((part) => part.id),
  ];
  const visit = (id: string, way: ReadonlySet<string>): boolean => {
    if (way.has(id)) return true;
    const task = all.get(id);
    if (!task || over.has(id)) return false;
    const found = ahead(task).some((next) => visit(next, new Set([...way, id])));
    over.add(id);
    return found;
  };
  return [...all.keys()].some((id) => visit(id, new Set()));
}

async function tasksIn(world: World): Promise<Map<string, TaskDoc>> {
  const all = await world.store.collection<TaskDoc>(TASKS.name).find({ where: { pod: world.pod } as never });
  return new Map(all.map((one) => [one.id, one]));
}

describe('a graph of tasks', () => {
  it('is ready where it says so, and has no circle, after any 40 acts of anybody', async () => {
    const moves = fc.array(move, { minLength: 20, maxLength: 40 });
    let done = 0;
    await fc.assert(
      fc.asyncProperty(moves, async (acts) => {
        const world = await aWorld();
        for (let n = 0; n < MOST; n += 1)
          await world.does(world.ada, 'create_task', { title: 'Work', assignee: n % 2 ? 'ben' : 'scribe' });
        for (const one of acts) {
          const [action, input] = actOf(one);
          // A refusal changes nothing, and is as good an outcome as any.
          const refused = await world.does(world.ada, action, input).then(
            () => undefined,
            (error: unknown) => error,
          );
          if (refused !== undefined && !(refused instanceof UserFacingError)) throw refused;
          if (refused === undefined) done += 1;
          const all = await tasksIn(world);
          for (const task of all.values())
            expect(ready(task), `#${task.number} after ${JSON.stringify(one)}`).to.equal(readyFrom(task, all));
          expect(circleIn(all), `after ${JSON.stringify(one)}`).to.equal(false);
        }
      }),
      { numRuns: 25, seed: 13 },
    );
    expect(done, 'acts that were not refused').to.be.greaterThan(150);
  });
});
