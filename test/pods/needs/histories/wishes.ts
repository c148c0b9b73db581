// The random acts of people and agents in a history about what needs whom.
import type { ActRequest } from '../../../../src/log/act.ts';
import type { MessageDoc } from '../../../../src/pods/conversations/message.ts';
import type { TaskDoc } from '../../../../src/pods/tasks/task.ts';
import type { Random } from '../../../protocol/random.ts';
import type { MemoryData } from '../../../store/memory.ts';
import { by, type Cast, docs, type Making, oneOf, somebody, type Wish } from './making.ts';
import { archived, deactivated, madeOwner, moved, putOff, stayedClose, wentAway } from './wishes-people.ts';
import { answeredInWords, asked, settledByAnswer, takenBack } from './wishes-questions.ts';

/** One act. `n` makes its texts unique, so that they are found again in what was sent. */
export function wishOf(random: Random, cast: Cast, data: MemoryData, n: number): ActRequest {
  const make = random.pick(MAKINGS);
  const wish = make({ random, cast, data, n }) ?? created({ random, cast, data, n });
  return { pod: cast.pod, key: `w${n}`, ...wish };
}

const HANDLES = ['ada', 'ben', 'ben', 'gil', 'scribe', 'pilot'] as const;
const DAYS = ['2026-11-06', '2026-11-09', '2026-11-20'] as const;

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

export function text({ random, n }: Making): string {
  const named = random.chance(0.3)
    ? random.pick([
        ['ben', 'gil'],
        ['ben', 'scribe'],
        ['scribe', 'pilot'],
      ])
    : [random.pick(['ben', 'gil', 'ada', 'ben', 'scribe', 'pilot'])];
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

const MAKINGS = [
  created,
  created,
  onTask('assign_task', (random) => ({ assignee: random.pick(HANDLES) })),
  onTask('start_task', () => ({})),
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
  asked,
  asked,
  asked,
  settledByAnswer,
  settledByAnswer,
  answeredInWords,
  takenBack,
  wentAway,
  putOff,
  putOff,
  deactivated,
  archived,
  madeOwner,
  stayedClose,
  stayedClose,
] as const;
