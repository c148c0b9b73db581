// Converts mrkdwn to the Markdown of the log, and returns the users whom the text mentions. Pure.

export interface Names {
  /** Returns a person's name by user id. */
  user: (id: string) => string | undefined;
  /** Returns a channel's name by id, for a channel that Slack sent without a name. */
  channel?: (id: string) => string | undefined;
  botUserId: string;
}

export interface ReadText {
  text: string;
  /** The ids of the users whom the text mentions outside code and quotes, each once, in order. */
  mentions: string[];
  /** Broadcasts and group mentions outside code and quotes, without the `@`. */
  broadcasts: string[];
  mentionsApp: boolean;
}

const code = /```[\s\S]*?```|`[^`\n]+`/g;
const token = /<([@#!]?)([^<>|\n]*)(?:\|([^<>\n]*))?>/g;
const mention = /<@([A-Z0-9]+)(?:\|[^<>]*)?>/g;

/** Converts mrkdwn, as described in https://docs.slack.dev/messaging/formatting-message-text */
export function readText(mrkdwn: string, names: Names): ReadText {
  const parts: string[] = [];
  let from = 0;
  for (const found of mrkdwn.matchAll(code)) {
    parts.push(prose(mrkdwn.slice(from, found.index), names), unescaped(tokens(found[0], names, plainLink)));
    from = found.index + found[0].length;
  }
  parts.push(prose(mrkdwn.slice(from), names));
  const addressable = addressableText(mrkdwn);
  const mentions = [...new Set([...addressable.matchAll(mention)].map(([, id = '']) => id))];
  const broadcasts = [
    ...addressable.matchAll(/<!((?:here|channel|everyone|subteam\^)[^<>|\n]*)(?:\|([^<>\n]*))?>/g),
  ].map(([, target = '', label]) => broadcast(target, label).slice(1));
  return { text: parts.join(''), mentions, broadcasts, mentionsApp: mentions.includes(names.botUserId) };
}

/** Returns the text without code and quotes, because names in these are no mentions. Accepts mrkdwn and Markdown. */
export function addressableText(text: string): string {
  const lines = text.replace(code, ' ').split('\n');
  const rest = lines.findIndex((line) => /^\s{0,3}(?:>>>|&gt;&gt;&gt;)/.test(line));
  const shown = rest === -1 ? lines : lines.slice(0, rest);
  return shown.filter((line) => !/^\s{0,3}(?:>|&gt;)/.test(line)).join('\n');
}

/** True if the mrkdwn mentions this user outside code and quotes. */
export function mentionsUser(mrkdwn: string, userId: string): boolean {
  return [...addressableText(mrkdwn).matchAll(mention)].some((found) => found[1] === userId);
}

function prose(mrkdwn: string, names: Names): string {
  const marked = mrkdwn
    .replace(/(?<![\w*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?![\w*])/g, '**$1**')
    .replace(/(?<![\w~])~(?=[^\s~])([^~\n]*?[^\s~])~(?![\w~])/g, '~~$1~~');
  return unescaped(tokens(marked, names, markdownLink));
}

function tokens(mrkdwn: string, names: Names, link: (url: string, label: string | undefined) => string): string {
  return mrkdwn.replace(token, (whole, sign: string, target: string, label: string | undefined) => {
    if (sign === '@') return `@${oneLine(names.user(target) ?? label ?? target)}`;
    if (sign === '#') return `#${oneLine(label || names.channel?.(target) || target)}`;
    if (sign === '!') return broadcast(target, label);
    return target === '' ? whole : link(target, label);
  });
}

/** Converts `<!here>`, `<!subteam^S1|@ops>` and `<!date^1700000000^{date}|Nov 14>` to plain text. */
function broadcast(target: string, label: string | undefined): string {
  const [word = '', id] = target.split('^');
  if (word === 'date') return label ?? id ?? '';
  const name = label || (word === 'subteam' && id ? id : word);
  return name.startsWith('@') ? name : `@${name}`;
}

function markdownLink(url: string, label: string | undefined): string {
  const bare = url.replace(/^mailto:|^tel:/, '');
  if (!label || label === url || label === bare) return bare;
  const target = url.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll(' ', '%20');
  return `[${label.replace(/[[\]]/g, '\\$&')}](${target})`;
}

function plainLink(url: string, label: string | undefined): string {
  return label || url;
}

function unescaped(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_, name: string) => (name === 'lt' ? '<' : name === 'gt' ? '>' : '&'));
}

function oneLine(name: string): string {
  return name.replace(/\s+/g, ' ').trim();
}
