// Random acts around people: they go away and come back, put things off, leave the organisation, and pods are archived.
import type { NeedDoc } from '../../../../src/pods/needs/need.ts';
import type { PersonDoc } from '../../../../src/pods/people/person.ts';
import type { PodDoc } from '../../../../src/pods/pod/pod.ts';
import type { TaskDoc } from '../../../../src/pods/tasks/task.ts';
import { by, docs, type Making, oneOf, somebody, type Wish } from './making.ts';

const inOrg = (wish: Wish): Wish => ({ ...wish, pod: 'org' });

/** With a deputy or without one; until a day, or until they say so. */
export function wentAway({ random, cast }: Making): Wish {
  const [who, others] = random.pick([
    [cast.ada, ['ben', 'gil']],
    [cast.ben, ['ada', 'gil', 'gil']],
  ] as const);
  if (random.chance(0.4)) return inOrg(by(who, 'set_away', { back: true }));
  const until = random.chance(0.6) ? { until: random.pick(['2026-11-03', '2026-11-05', '2026-11-07T12:00']) } : {};
  const deputy = random.chance(0.7) ? { deputy: oneOf(random, others) } : {};
  return inOrg(by(who, 'set_away', { ...until, ...deputy }));
}

export function putOff(making: Making): Wish | undefined {
  const { random, cast } = making;
  const item = oneOf(random, docs<NeedDoc>(making, 'needs'));
  if (!item) return undefined;
  const who = item.who === 'owners' ? cast.ada : item.who;
  const until = random.chance(0.7) ? {} : { until: random.pick(['2026-11-04', '2026-11-10']) };
  return inOrg(by(who, 'snooze_item', { item: item.id, ...until }));
}

/** Slack says that the account is deactivated, or active again. */
export function deactivated(making: Making): Wish | undefined {
  const { cast } = making;
  const ben = docs<PersonDoc>(making, 'people').find(({ id }) => id === cast.ben);
  if (!ben) return undefined;
  const { name, handle, role, state } = ben;
  const input = { account: ben.accounts[0], name, handle, role, state: state === 'in' ? 'out' : 'in' };
  return inOrg(by('skein', 'register_person', input));
}

/** More often restored than archived, since little happens in an archived pod. */
export function archived(making: Making): Wish | undefined {
  const { random, cast } = making;
  const pod = docs<PodDoc>(making, 'pods').find(({ id }) => id === cast.pod);
  if (pod?.state === 'archived') return by(cast.ada, 'archive_pod', { restore: true });
  return random.chance(0.5) ? by(cast.ada, 'archive_pod', {}) : undefined;
}

export function madeOwner({ random, cast }: Making): Wish {
  return by(cast.ada, 'change_role', { who: 'ben', role: random.pick(['owner', 'member']) });
}

const LEVELS = ['every_step', 'every_step', 'checkpoints', 'result', 'digest', 'none'] as const;
const STEPS = ['created', 'started', 'reopened', 'assigned', 'changed', 'overdue'] as const;

/** How close they stay with a task, or with the pod; or an owner says it for whoever gives a task. */
export function stayedClose(making: Making): Wish {
  const { random, cast } = making;
  const level = random.pick(LEVELS);
  if (level !== 'checkpoints' && random.chance(0.2)) return by(cast.ada, 'set_involvement', { level, everybody: true });
  const task = random.chance(0.6) ? oneOf(random, docs<TaskDoc>(making, 'tasks')) : undefined;
  const who = random.chance(0.3) ? by(cast.gil, '', {}) : somebody(making);
  const at = level === 'checkpoints' ? { at: [random.pick(STEPS), random.pick(STEPS)] } : {};
  const input = { level, ...at, ...(task ? { task: `#${task.number}` } : {}) };
  return { ...who, action: 'set_involvement', input };
}

/** Skein follows the channel: a member leaves, or comes back. */
export function moved(making: Making): Wish {
  const { random, cast } = making;
  const handle = random.pick(['ben', 'gil'] as const);
  const isIn = docs<{ who: string; state: string; id: string }>(making, 'members').some(
    (one) => one.who === cast[handle] && one.state === 'in',
  );
  return by('skein', isIn ? 'remove_member' : 'add_member', { who: handle });
}
