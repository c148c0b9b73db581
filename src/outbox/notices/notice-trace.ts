// The words about what is left of a text that its reader has erased or edited.
import type { Links } from '../../digest/facts.ts';
import { madeLine, thingWord } from '../../digest/made-line.ts';
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { madeThings, type ShownThing } from '../../pods/erasing/traces/made-things.ts';
import { TRACES, type TraceDoc } from '../../pods/erasing/traces/trace.ts';
import type { NeedDoc } from '../../pods/needs/need.ts';
import type { Texts } from '../../texts/texts.ts';

interface Deps {
  read: Reader;
  texts: Texts;
  links: Links;
}

export async function traceOf({ read }: Pick<Deps, 'read'>, item: NeedDoc): Promise<TraceDoc | undefined> {
  return item.reason === 'made_from' ? read.get(TRACES, item.about.id) : undefined;
}

/** The line of one thing quotes it. The line of several counts them. One of which nothing is left says so. */
export async function traceLine(
  deps: Deps,
  item: NeedDoc,
  { pod, url }: { pod: string; url: string },
): Promise<string | undefined> {
  const {
    read,
    texts: { fill },
    links,
  } = deps;
  if (item.reason !== 'made_from') return undefined;
  const things = await thingsOf(deps, item);
  const [first, ...more] = things;
  if (!first) return fill('notice', 'made-gone', { pod, url });
  const count = things.length;
  if (more.length && things.some(({ earlier }) => earlier))
    return fill('notice', 'edited-several', { pod, url, count: count - 1 });
  if (more.length && things.some(({ came }) => came)) return fill('notice', 'left-several', { pod, url, count });
  const person = [...new Set(things.map(({ by }) => quiet(by, 60)))].join(', ');
  if (more.length) return fill('notice', 'made-several', { person, pod, url, count });
  const conversation = first.conversation ? await read.get(CONVERSATIONS, first.conversation) : undefined;
  const facts = { pod, url: (conversation && links.conversation(conversation)) ?? url, text: quiet(first.text, 140) };
  if (first.earlier) return fill('notice', 'edited', facts);
  if (first.came) return fill('notice', 'came-with', facts);
  return fill('notice', 'made-from', { ...facts, person, thing: thingWord(fill, first.on) });
}

/** Returns the things of which the person has not said whether they go. */
export async function thingsOf({ read }: Pick<Deps, 'read'>, item: NeedDoc): Promise<ShownThing[]> {
  const trace = await traceOf({ read }, item);
  return trace ? madeThings(read, trace) : [];
}

/** Returns the numbered things, if there are several. */
export async function traceList({ read, texts }: Pick<Deps, 'read' | 'texts'>, item: NeedDoc): Promise<string[]> {
  const things = await thingsOf({ read }, item);
  return things.length > 1 ? [things.map((thing) => madeLine(texts.fill, thing)).join('\n')] : [];
}

/** Returns the words for what was settled, such as “a note” or “2 of 3 things”. */
export function settledIn({ fill }: Texts, { things, state }: TraceDoc): string {
  const [first] = things;
  const count = things.filter(({ as }) => as === state).length;
  if (things.length === 1 && first) return first.earlier ? fill('notice', 'made-earlier') : thingWord(fill, first.on);
  return count === things.length
    ? fill('notice', 'made-all', { count })
    : fill('notice', 'made-some', { count, total: things.length });
}
