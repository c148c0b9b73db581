// Brings words back that may be about several things: each that still waits has a button that makes the words its answer.
import { InvalidInput } from '../../../errors.ts';
import type { Worded } from '../../../log/body.ts';
import type { ShownWaiting } from '../../../pods/needs/waiting/list-waiting.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { zoneOf } from '../../../pods/preferences/zone-of.ts';
import { BUTTON_VALUE_CHARS } from '../../../slack/limits.ts';
import type { Inbound } from '../../../slack/parse/inbound.ts';
import { actionIds } from '../../../slack/render/action-ids.ts';
import { notice } from '../../../slack/render/blocks.ts';
import { lineList } from '../../../slack/render/items/lists.ts';
import type { Post } from '../../../slack/render/render.ts';
import { enter } from '../../enter.ts';
import { waitingLine } from '../../waiting-line.ts';
import type { SlackContext } from '../context.ts';
import { deliver } from './deliver.ts';
import { told } from './told.ts';

type Button = Extract<Inbound, { kind: 'button' }>;

interface Words {
  person: PersonDoc;
  /** Markdown. */
  text: string;
  /** Slack's ts of the person's message. */
  ts: string;
  /** Only these items. Absent: all that wait for the person. */
  items?: readonly { need: string }[];
}

/** The most things with a button. */
const MOST = 20;

/** Undefined if none of it waits any more. */
export async function whichOne(slack: SlackContext, { person, text, ts, items }: Words): Promise<Post | undefined> {
  const { fill } = slack.texts;
  const asked = { as: person, action: 'list_waiting', input: { limit: 50 }, via: 'slack' } as const;
  const { waiting } = (await enter<{ waiting: Worded<ShownWaiting>[] }>(slack, asked)).result;
  const open = waiting.filter(({ item }) => item && (!items || items.some(({ need }) => need === item))).slice(0, MOST);
  if (!open.length) return undefined;
  const fits = open.every(({ item = '' }) => packed(item, ts, text).length <= BUTTON_VALUE_CHARS);
  if (!fits) return notice(fill('notice', 'too-long'));
  const reader = { zone: await zoneOf(slack.read, person), now: slack.clock() };
  const lines = open.map((one) => ({
    line: waitingLine(fill, one, '', reader),
    buttons: [
      { actionId: actionIds.wordsFor, label: fill('notice', 'this-one'), value: packed(one.item ?? '', ts, text) },
    ],
  }));
  return lineList(fill('notice', 'which-one'), lines);
}

function packed(need: string, ts: string, text: string): string {
  return `${need}/${ts}/${text}`;
}

/** Takes the words to the thing that the person chose. The answer replaces the buttons. */
export async function wordsChosen(
  slack: SlackContext,
  { value, channel = '' }: Button,
  person: PersonDoc,
  reply: (post: Post, replaceOriginal?: boolean) => Promise<void>,
): Promise<void> {
  const [, need, ts, text] = /^([^/]+)\/([^/]+)\/(.*)$/s.exec(value) ?? [];
  if (!need || !ts || !text) throw new InvalidInput('This button has no words. Write them again.');
  const key = `slack:${slack.identity.teamId}:${channel}:${ts}`;
  const [said] = await told(slack, () => deliver(slack, { person, need, text, key }));
  await reply(said ?? notice(slack.texts.fill('notice', 'taken')), true);
}
