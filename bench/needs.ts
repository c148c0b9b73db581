// Measures an act that needs somebody against the same act that needs nobody, and the same in a large pod against a small one.
import type { ParticipantId } from '../src/log/participant.ts';
import { inTurns, ratios, taken, warmUp } from './measure.ts';
import { atMost, line, title } from './print.ts';
import { type BenchPod, makePod, openStage, type Stage, TEAM } from './stage.ts';

const WARM = 40;
const ROUNDS = 21;
const ACTS = 20;

export async function needs(): Promise<void> {
  title('7. An act with its needs, embedded store; CPU per act');
  const stage = await openStage();
  try {
    const others = await people(stage, 500);
    const small = await podOf(stage, 1, others.slice(0, 4), 10);
    const large = await podOf(stage, 2, others.slice(0, 499), 10_000);
    const sides = {
      without: () => created(stage, small, 'ada'),
      needed: () => created(stage, small, 'other0'),
      large: () => created(stage, large, 'other0'),
    };
    await warmUp(WARM, sides);
    const found = await inTurns(ROUNDS, sides);
    line('a task for oneself, which needs nobody', found('without', 'cpu'), 'ms');
    line('a task for somebody, with its need', found('needed', 'cpu'), 'ms');
    line('with / without its need', ratios(found('needed', 'cpu'), found('without', 'cpu')), '', atMost(1.15));
    line(
      '10,000 tasks and 500 people / 10 and 5',
      ratios(found('large', 'cpu'), found('needed', 'cpu')),
      '',
      atMost(1.2),
    );
  } finally {
    await stage.stop();
  }
}

let keys = 0;

async function act(stage: Stage, pod: string, actor: ParticipantId, action: string, input: object): Promise<void> {
  keys += 1;
  await stage.core.act({ pod, actor, via: actor === 'skein' ? 'skein' : 'cli', action, input, key: `needs:${keys}` });
}

/** The acts that hear of the items are deliveries, and run later in logs of their own; here nobody carries them. */
async function created(stage: Stage, { pod }: BenchPod, assignee: string): Promise<{ cpu: number }> {
  const { cpuMs } = await taken(async () => {
    for (let each = 0; each < ACTS; each++)
      await act(stage, pod, stage.ada, 'create_task', { title: 'Order boxes', assignee });
  });
  return { cpu: cpuMs / ACTS };
}

async function people(stage: Stage, count: number): Promise<string[]> {
  const handles = Array.from({ length: count }, (_, n) => `other${n}`);
  for (const [n, handle] of handles.entries())
    await act(stage, 'org', 'skein', 'register_person', {
      account: `slack:${TEAM}:U0X${n}`,
      name: `Other ${n}`,
      handle,
    });
  return handles;
}

async function podOf(stage: Stage, n: number, members: readonly string[], tasks: number): Promise<BenchPod> {
  const benchPod = await makePod(stage, n);
  for (const who of members) await act(stage, benchPod.pod, 'skein', 'add_member', { who });
  for (let each = 0; each < tasks; each++)
    await act(stage, benchPod.pod, stage.ada, 'create_task', { title: `Box ${each}` });
  return benchPod;
}
