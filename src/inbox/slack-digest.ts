// /skein digest: a person's own daily digest: now, at another time, in another zone, paused, on again, stopped.
import { InvalidInput } from '../errors.ts';
import { localDay } from '../pods/local-time.ts';
import type { PersonId } from '../pods/participant.ts';
import { ORG } from '../pods/standing.ts';
import type { PersonDoc } from '../pods/views/person.ts';
import { notice } from '../slack/blocks.ts';
import type { Post } from '../slack/render.ts';
import type { SlackContext } from './context.ts';

export const DIGEST_HELP = [
  { usage: '/skein digest', says: 'sends you the digest of all your pods now' },
  { usage: '/skein digest at 08:30', says: 'sets when it comes; also: zone Europe/Berlin, pause, resume, stop' },
];

const USAGE =
  'Write /skein digest now, at 08:30, zone Europe/Berlin, zone mine, pause, resume or stop, each after “/skein digest”.';

type Wish = { action: 'send_digest' | 'set_digest'; input: Record<string, unknown> };

/** Pure: what the words after `/skein digest` ask for. @throws InvalidInput with all that there is */
export function wishOf(words: readonly string[]): Wish {
  const [verb = 'now', ...rest] = words.map((word) => word.toLowerCase());
  const set = (input: Record<string, unknown>): Wish => ({ action: 'set_digest', input });
  switch (verb) {
    case 'now':
      return { action: 'send_digest', input: {} };
    case 'at':
      return set({ time: timeOf(rest.join('')), state: 'on' });
    case 'zone':
      return set({ time_zone: rest[0] === 'mine' ? null : zoneOf(words[1]) });
    case 'pause':
      return set({ state: 'paused' });
    case 'resume':
    case 'on':
    case 'start':
      return set({ state: 'on' });
    case 'stop':
    case 'off':
    case 'unsubscribe':
      return set({ state: 'off' });
    default:
      throw new InvalidInput(`There is no “/skein digest ${verb.slice(0, 30)}”. ${USAGE}`);
  }
}

/** `8:30`, `08.30`, `8`, `5pm` and `5:30 pm` are all times. */
function timeOf(text: string): string {
  const [, hours = '', minutes = '00', half] = /^(\d{1,2})(?:[:.h](\d{2}))?(am|pm)?$/.exec(text) ?? [];
  const hour = half ? (Number(hours) % 12) + (half === 'pm' ? 12 : 0) : Number(hours);
  const wrong = !hours || hour > 23 || Number(minutes) > 59 || (half && (Number(hours) > 12 || hours === '0'));
  if (wrong) throw new InvalidInput(`“${text.slice(0, 30)}” is no time. Write one such as 08:30 or 17:00.`);
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

function zoneOf(name: string | undefined): string {
  if (name) return name;
  throw new InvalidInput(
    'Which time zone? Write one such as /skein digest zone Europe/Berlin, or zone mine for your own.',
  );
}

interface ShownDigest {
  state: 'on' | 'paused' | 'off';
  time: string;
  timeZone: string;
  /** The local date of the next one. */
  day?: string;
}

export async function digestCommand(
  slack: SlackContext,
  asked: { triggerId: string },
  person: PersonDoc,
  words: readonly string[],
  at: number,
): Promise<Post> {
  const { action, input } = wishOf(words);
  const { result } = await slack.act<{ digest: ShownDigest }>({
    pod: ORG,
    actor: person.id as PersonId,
    via: 'slack',
    action,
    input,
    key: `digest:${person.id}:${action === 'send_digest' ? 'now' : 'set'}:${asked.triggerId}`,
  });
  if (action === 'send_digest') return notice('Your digest is on its way: look into your messages with Skein.');
  return notice(answerTo(result.digest, at));
}

function answerTo({ state, time, timeZone, day }: ShownDigest, at: number): string {
  switch (state) {
    case 'on':
      return `Done: your digest comes daily at ${time} (${timeZone}), next ${dayWords(day ?? '', timeZone, at)}.`;
    case 'paused':
      return 'Done: your digest is paused. /skein digest resume brings it back, with what happened meanwhile.';
    case 'off':
      return 'Done: you get no more digests. /skein digest resume turns them on again, from then on.';
    default:
      state satisfies never;
      return '';
  }
}

function dayWords(day: string, timeZone: string, at: number): string {
  if (day === localDay(timeZone, at)) return 'today';
  return day === localDay(timeZone, at, 1) ? 'tomorrow' : `on ${day}`;
}
