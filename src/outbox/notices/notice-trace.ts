// The line about something that an agent made from a text that its reader has erased.
import type { Links } from '../../digest/facts.ts';
import { quiet } from '../../digest/quiet.ts';
import type { Reader } from '../../log/action.ts';
import { CONVERSATIONS } from '../../pods/conversations/conversation.ts';
import { erasableAt } from '../../pods/erasing/erasable.ts';
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

export async function traceLine(
  deps: Deps,
  item: NeedDoc,
  { person, pod, url }: { person: string; pod: string; url: string },
): Promise<string | undefined> {
  const { read, texts, links } = deps;
  const trace = await traceOf(deps, item);
  const found = trace && (await erasableAt(read, trace.pod, trace.thing));
  if (!trace || !found) return undefined;
  const [conversation, words] = await Promise.all([
    found.conversation ? read.get(CONVERSATIONS, found.conversation) : undefined,
    read.texts(found.words?.length ? found.words : found.bodies),
  ]);
  const there = (conversation && links.conversation(conversation)) ?? url;
  const text = quiet([...words.values()].join(' '), 140);
  if (trace.came) return texts.fill('notice', 'came-with', { pod, url: there, text });
  return texts.fill('notice', 'made-from', { person, pod, url: there, thing: thingIn(texts, trace), text });
}

/** Returns the word for the thing, such as “this note”. */
export function thingIn({ fill }: Texts, { thing }: TraceDoc): string {
  switch (thing.on) {
    case 'messages':
      return fill('notice', 'made-message');
    case 'tasks':
      return fill('notice', 'made-task');
    case 'notes':
      return fill('notice', 'made-note');
    case 'questions':
      return fill('notice', 'made-question');
    default:
      return fill('notice', 'made-file');
  }
}
