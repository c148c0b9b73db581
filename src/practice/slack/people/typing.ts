// Converts typed text to the text of a message, as Slack's client does: escapes it, and converts mentions and links.
import type { State } from '../state/state.ts';

/** Matches text that is not converted: code, and markup that people type, as <@U…>, <#C…>, <!here>, <https://…>. */
const MARKUP =
  /```[\s\S]*?```|`[^`\n]*`|<(?:@[A-Z0-9]+|#[A-Z0-9]+|![a-z^]+[^>]*|https?:[^>]+|mailto:[^>]+)(?:\|[^>]*)?>/g;

export function typed(state: State, text: string): string {
  let end = 0;
  let out = '';
  for (const match of text.matchAll(MARKUP)) {
    out += loose(state, text.slice(end, match.index));
    out += match[0].startsWith('`') ? escaped(match[0]) : match[0];
    end = match.index + match[0].length;
  }
  return out + loose(state, text.slice(end));
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function loose(state: State, text: string): string {
  return linked(mentioned(state, escaped(text)));
}

/**
 * Converts `@Skein`, `@ada` and `@Ada Lindqvist` to mentions. A name that Slack does not know, such as an agent's,
 * stays text.
 */
function mentioned(state: State, text: string): string {
  const names = [...state.users.values()].flatMap((user) => [
    [user.name, user.id] as const,
    [user.handle, user.id] as const,
  ]);
  const ids = new Map(names.map(([name, id]) => [name.toLowerCase(), id]));
  const longest = [...ids.keys()].sort((a, b) => b.length - a.length).map(quoted);
  const channels = new Map(
    [...state.channels.values()].filter((one) => one.name !== '').map((one) => [one.name, one.id]),
  );
  const people = text.replace(
    new RegExp(`(^|[^\\w@.])@(${longest.join('|')})(?![\\w-]|\\.\\w)`, 'gi'),
    (_, before, name) => {
      return `${before}<@${ids.get(name.toLowerCase())}>`;
    },
  );
  return people
    .replace(/(^|[^\w@])@(here|channel|everyone)\b/g, '$1<!$2>')
    .replace(/(^|[^\w#&])#([\p{Ll}\p{N}_-]+)/gu, (whole, before, name) => {
      const id = channels.get(name);
      return id === undefined ? whole : `${before}<#${id}|${name}>`;
    });
}

const linked = (text: string): string => text.replace(/(^|[\s(])(https?:\/\/[^\s<>]*[^\s<>.,;:!?)])/g, '$1<$2>');

const quoted = (name: string): string => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').toLowerCase();
