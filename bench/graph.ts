// Measures finishing a task that others wait for: in a graph of 1,000 tasks with 5,000 edges against one of ten. The circle that
// a new edge would close is found in the large one, and shown.
import { UserFacingError } from '../src/errors.ts';
import { inTurns, ratios, taken, warmUp } from './measure.ts';
import { atMost, line, title } from './print.ts';
import { type BenchPod, makePod, openStage, type Stage } from './stage.ts';

const WARM = 10;
const ROUNDS = 15;
const ACTS = 6;

export async function graph(): Promise<void> {
  title('12. A graph of tasks, embedded store; CPU per act');
  const stage = await openStage();
  try {
    const small = await graphOf(stage, 1, { tasks: 10, edges: 20 });
    const large = await graphOf(stage, 2, { tasks: 1000, edges: 5000 });
    const sides = { small: () => finished(stage, small), large: () => finished(stage, large) };
    await warmUp(WARM, sides);
    const found = await inTurns(ROUNDS, sides);
    line('a task finished, for which another waits: ten tasks', found('small', 'cpu'), 'ms');
    line('a task finished, for which another waits: 1,000 tasks', found('large', 'cpu'), 'ms');
    line('1,000 tasks and 5,000 edges / ten', ratios(found('large', 'cpu'), found('small', 'cpu')), '', atMost(1.2));
    const circles: number[] = [];
    for (let each = 0; each < 5; each++) circles.push(await circle(stage, large));
    line('a circle refused, over 1,000 tasks', circles, 'ms');
  } finally {
    await stage.stop();
  }
}

interface Graph extends BenchPod {
  tasks: number;
}

let keys = 0;

async function act<R>(stage: Stage, pod: string, action: string, input: object): Promise<R> {
  keys += 1;
  const { result } = await stage.core.act<R>({
    ...{ pod, actor: stage.ada, via: 'cli', action, input, key: `graph:${keys}` },
  });
  return result;
}

/** Each task waits for some before it, always the one right before: so the first and the last are 999 edges apart. */
async function graphOf(stage: Stage, n: number, { tasks, edges }: { tasks: number; edges: number }): Promise<Graph> {
  const benchPod = await makePod(stage, n);
  const each = Math.round(edges / tasks);
  for (let number = 1; number <= tasks; number++) {
    const before = Array.from({ length: each }, (_, k) => number - 1 - k * 7).filter((one) => one >= 1);
    const input = { title: `Box ${number}`, depends_on: before.map((one) => `#${one}`) };
    await act(stage, benchPod.pod, 'create_task', input);
  }
  return { ...benchPod, tasks };
}

/** Of two new tasks one waits for the other. Only the finishing is measured. */
async function finished(stage: Stage, { pod }: Graph): Promise<{ cpu: number }> {
  const made: number[] = [];
  for (let each = 0; each < ACTS; each++) {
    const { task } = await act<{ task: { number: number } }>(stage, pod, 'create_task', { title: 'Bake' });
    await act(stage, pod, 'create_task', { title: 'Pack', assignee: 'scribe', depends_on: [`#${task.number}`] });
    made.push(task.number);
  }
  const { cpuMs } = await taken(async () => {
    for (const number of made) await act(stage, pod, 'complete_task', { task: `#${number}` });
  });
  return { cpu: cpuMs / ACTS };
}

async function circle(stage: Stage, { pod, tasks }: Graph): Promise<number> {
  const { wallMs } = await taken(async () => {
    const refused = await act(stage, pod, 'change_dependencies', { task: '#1', add: [`#${tasks}`] }).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(refused instanceof UserFacingError) || !refused.message.includes('circle')) throw new Error('Not refused.');
  });
  return wallMs;
}
