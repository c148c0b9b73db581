// The random acts of people and agents in a history about what needs whom.
import type { ActRequest } from '../../../src/log/act.ts';
import type { ParticipantId, PersonId } from '../../../src/log/participant.ts';
import type { MessageDoc } from '../../../src/pods/conversations/message.ts';
import type { MemberDoc } from '../../../src/pods/members/member.ts';
import type { TaskDoc } from '../../../src/pods/tasks/task.ts';
import type { Random } from '../../protocol/random.ts';
import type { MemoryData } from '../../store/memory.ts';

export interface Cast {
  pod: string;
  ada: PersonId;
  ben: PersonId;
  gil: PersonId;
  scribe: ParticipantId;
}

type Wish = Pick<ActRequest, 'action' | 'input' | 'actor' | 'via' | 'origin' | 'onBehalfOf'>;

/** One act. `n` makes its texts unique, so that they are found again in what was sent. */
export function wishOf(random: Random, cast: Cast, data: MemoryData, n: number): ActRequest {
  const make = random.pick(MAKINGS);
  const wish = make({ random, cast, data, n }) ?? created({ random, cast, data, n });
  return { pod: cast.pod, key: `w${n}`, ...wish };
}

interface Making {
  random: Random;
  cast: Cast;
  data: MemoryData;
  n: number;
}

const HANDLES = ['ada', 'ben', 'ben', 'gil'] as const;
const DAYS = ['2026-11-06', '2026-11-09', '2026-11-20'] as const;

const by = (actor: ParticipantId, action: string, input: unknown): Wish => ({ actor, via: 'cli', action, input });

/** Ada and Ben act for themselves, and Scribe for one of them. */
function somebody({ random, cast }: Making): Pick<Wish, 'actor' | 'via' | 'onBehalfOf'> {
  const { ada, ben, scribe } = cast;
  const actor = random.pick([ada, ada, ben, scribe]);
  if (actor !== scribe) return { actor, via: 'cli' };
  return { actor, via: 'agent' as ActRequest['via'], onBehalfOf: random.pick([ada, ben]) };
}

function docs<D>({ data }: Making, view: string): D[] {
  return [...(data.docs.get(view)?.values() ?? [])] as unknown as D[];
}

function oneOf<T>(random: Random, all: readonly T[]): T | undefined {
  return all[random.below(all.length)];
}

function created(making: Making): Wish {
  const { random, n } = making;
  const due = random.chance(0.3) ? { due: random.pick(DAYS) } : {};
  const input = { title: `T${n}.`, assignee: random.pick(HANDLES), ...due };
  return { ...somebody(making), action: 'create_task', input };
}

const onTask =
  (action: string, more: (random: Random) => object) =>
  (making: Making): Wish | undefined => {
    const task = oneOf(making.random, docs<TaskDoc>(making, 'tasks'));
    return task && { ...somebody(making), action, input: { task: `#${task.number}`, ...more(making.random) } };
  };

function text({ random, n }: Making): string {
  const named = random.chance(0.3) ? ['ben', 'gil'] : [random.pick(['ben', 'gil', 'ada', 'ben'])];
  return `${named.map((handle) => `@${handle}`).join(' ')} M${n}. please`;
}

function begun(making: Making): Wish {
  const who = somebody(making);
  return { ...who, action: 'start_conversation', input: { title: `C${making.n}`, text: text(making) } };
}

/** In Slack, where a person's own mention tells at once. */
function saidInSlack(making: Making): Wish {
  const { random, cast, n } = making;
  const ts = `${1793610000 + n}.000100`;
  const known = docs<MessageDoc>(making, 'messages').flatMap(({ places }) => places.map((at) => at.split(':').at(-1)));
  const thread = random.chance(0.5) ? (oneOf(random, known) ?? ts) : ts;
  const live = random.chance(0.5);
  const mentioned = live ? [{ name: 'ben', who: cast.ben }] : [];
  const origin = { kind: 'slack' as const, team: 'T1', channel: 'C1', ts, thread, at: 0, mentioned };
  const words = live ? `@ben M${n}. please` : text(making);
  return {
    actor: random.pick([cast.ada, cast.ben]),
    via: 'slack',
    action: 'post_message',
    input: { text: words },
    origin,
  };
}

function answered(making: Making): Wish | undefined {
  const message = oneOf(making.random, docs<MessageDoc>(making, 'messages'));
  if (!message) return undefined;
  const { random, cast, n } = making;
  const actor = random.pick([cast.ada, cast.ben, cast.gil, cast.scribe]);
  const words = random.chance(0.5) ? text(making) : `M${n}. thanks`;
  return by(actor, 'post_message', { conversation: message.conversation, text: words });
}

function edited(making: Making): Wish | undefined {
  const message = oneOf(making.random, docs<MessageDoc>(making, 'messages'));
  if (!message) return undefined;
  const words = making.random.chance(0.5) ? text(making) : `M${making.n}. never mind`;
  return by(message.by, 'edit_message', { message: message.id, text: words });
}

function deleted(making: Making): Wish | undefined {
  const message = oneOf(making.random, docs<MessageDoc>(making, 'messages'));
  return message && by(message.by, 'delete_message', { message: message.id });
}

/** Skein follows the channel: a member leaves, or comes back. */
function moved(making: Making): Wish {
  const { random, cast } = making;
  const handle = random.pick(['ben', 'gil'] as const);
  const who = cast[handle];
  const isIn = docs<MemberDoc>(making, 'members').some((one) => one.who === who && one.state === 'in');
  return by('skein', isIn ? 'remove_member' : 'add_member', { who: handle });
}

const MAKINGS = [
  created,
  created,
  onTask('assign_task', (random) => ({ assignee: random.pick(HANDLES) })),
  onTask('complete_task', () => ({})),
  onTask('reopen_task', () => ({})),
  onTask('update_task', (random) => ({ due: random.pick(DAYS) })),
  begun,
  begun,
  saidInSlack,
  saidInSlack,
  answered,
  answered,
  edited,
  deleted,
  moved,
] as const;
