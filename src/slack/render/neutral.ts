// Makes text safe before it is posted: no broadcasts, no unverified mentions, no mrkdwn control sequences. Pure.

/**
 * U+2060, word joiner: an invisible character. It separates the characters of a token, so that Slack does not interpret
 * it.
 */
export const JOINER = '\u2060';

/** Escapes `&`, `<` and `>` for mrkdwn, so that the text contains no mention, link or broadcast. */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(broadcastName, `@${JOINER}`);
}

/**
 * Converts a short Markdown text to mrkdwn: escapes it, and marks bold as Slack does. Code and italics are marked the
 * same way in both.
 */
export function mrkdwnOf(markdown: string): string {
  return escapeMrkdwn(markdown).replace(/\*\*(\S(?:[^*\n]*\S)?)\*\*/g, '*$1*');
}

/**
 * Converts a line as `mrkdwnOf` does, and Markdown links to Slack's links. Only for Skein's own lines: text of others
 * in them must contain no brackets.
 */
export function linkedMrkdwn(markdown: string): string {
  const parts = markdown.split(/(\[[^\][\n]{1,300}\]\((?:https?|mailto):[^\s()<>|]{1,2000}\))/);
  return parts
    .map((part, n) => {
      const [, label = '', url = ''] = (n % 2 && /^\[(.+)\]\((.+)\)$/.exec(part)) || [];
      return url ? `<${escapeMrkdwn(url)}|${escapeMrkdwn(label).replaceAll('|', '¦')}>` : mrkdwnOf(part);
    })
    .join('');
}

const broadcastName = /@(?=(?:channel|here|everyone)\b)/gi;

/** Makes `@channel`, `<!…>` and raw ids plain text in a `markdown` block, even if they are written as entities. */
export function neutralMarkdown(markdown: string): string {
  return markdown
    .replace(/(<|&lt;?|&#0*60;?|&#x0*3c;?)(?=\\?[!@#])/gi, `$1${JOINER}`)
    .replace(broadcastName, `@${JOINER}`);
}

/** Returns code unchanged, except for sequences that Slack interprets even in code. */
export function neutralCode(code: string): string {
  return code.replace(/<(?=!(?:channel|here|everyone|subteam|date)\b|@[UW][A-Z0-9])/gi, `<${JOINER}`);
}

/**
 * Converts `![alt](url)` to `[alt](url)`, so that no reader's client fetches the image. `linkFollows`: a link comes
 * directly after the text.
 */
export function withoutImages(markdown: string, linkFollows = false): string {
  return markdown.replace(/(?:\\?!)+/g, (bangs, at: number) => {
    const next = markdown.charAt(at + bangs.length) || (linkFollows ? '[' : '');
    return next === '[' ? '' : bangs;
  });
}
