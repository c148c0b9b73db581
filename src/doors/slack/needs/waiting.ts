// Renders the list of the items that wait for a person, for /skein waiting and the Home tab.
import { quiet } from '../../../digest/quiet.ts';
import type { Worded } from '../../../log/body.ts';
import { CONVERSATIONS } from '../../../pods/conversations/conversation.ts';
import { shownDay, wallClock } from '../../../pods/local-time.ts';
import type { ShownWaiting } from '../../../pods/needs/waiting/list-waiting.ts';
import type { PersonDoc } from '../../../pods/people/person.ts';
import { lineList, notice } from '../../../slack/render/blocks.ts';
import type { Post } from '../../../slack/render/render.ts';
import type { Texts } from '../../../texts/texts.ts';
import { enter } from '../../enter.ts';
import type { SlackContext } from '../context.ts';

type Shown = Worded<ShownWaiting>;

/** Returns the list. `limit`: the most items that are listed; the others are only counted. */
export async function waitingPost(slack: SlackContext, person: PersonDoc, limit = 20): Promise<Post> {
  const asked = { as: person, action: 'list_waiting', input: { limit }, via: 'slack' } as const;
  const { waiting, more } = (await enter<{ waiting: Shown[]; more?: string }>(slack, asked)).result;
  const { fill } = slack.texts;
  if (!waiting.length) return notice(fill('waiting', 'none'));
  const links = await linksTo(slack, waiting);
  const zone = person.timeZone ?? 'UTC';
  const lines = waiting.map((one) => {
    const line = lineOf(fill, one, links.get(one.conversation ?? '') ?? '', zone);
    if (one.left) return fill('waiting', 'left', { absent: quiet(one.left, 60), line });
    return one.for ? fill('waiting', 'stands-in', { absent: quiet(one.for, 60), line }) : line;
  });
  const total = waiting.length + Number.parseInt(more ?? '0', 10);
  const head = total === 1 ? fill('waiting', 'one') : fill('waiting', 'several', { count: total });
  return lineList(head, [...lines, ...(more ? [fill('waiting', 'more', { count: more })] : [])]);
}

async function linksTo({ read, linkTo }: SlackContext, waiting: readonly Shown[]): Promise<Map<string, string>> {
  const ids = [...new Set(waiting.flatMap(({ conversation }) => conversation ?? []))];
  const docs = ids.length ? await read.find(CONVERSATIONS, { where: { id: { in: ids } } }) : [];
  return new Map(docs.flatMap((doc) => [[doc.id, linkTo(doc) ?? ''] as const]));
}

function lineOf(fill: Texts['fill'], one: Shown, url: string, zone: string): string {
  const pod = quiet(one.pod.name, 60);
  const when = whenOf(fill, one, zone);
  const facts = { pod, url, when };
  if (one.mails) return fill('waiting', one.mails === 1 ? 'mail' : 'mails', { count: one.mails, pod, url });
  if (one.task) return fill('waiting', 'task', { ...facts, number: one.task, title: quiet(one.title ?? '', 120) });
  if (one.text === undefined || !one.from) return fill('waiting', 'other', facts);
  const said = { ...facts, person: quiet(one.from, 60), text: quiet(one.text, 200) };
  return one.question ? fill('waiting', 'asked', { ...said, number: one.question }) : fill('waiting', 'named', said);
}

function whenOf(fill: Texts['fill'], one: Shown, zone: string): string {
  const { due, is, needed_by: neededBy, put_off_until: until } = one;
  const local = (minute: string) => wallClock(zone)(Date.parse(minute)).split('T');
  if (until) return fill('waiting', 'put-off', { day: shownDay(local(until)[0] ?? '') });
  if (neededBy) {
    const [day = '', time = ''] = local(neededBy);
    return fill('waiting', 'needed-by', { day: `${shownDay(day)}, ${time}` });
  }
  if (is === 'due today') return fill('waiting', 'today');
  return due ? fill('waiting', is === 'overdue' ? 'overdue' : 'due', { day: shownDay(due) }) : '';
}
