// Takes the power out of text that is about to be posted: no broadcast, no mention nobody vouched for, no control sequence of mrkdwn. Pure.

/** Breaks a token without showing: U+2060, word joiner. */
export const JOINER = '\u2060';

/** `&`, `<` and `>` as mrkdwn wants them: nothing in the text can then be a mention, a link or a broadcast. */
export function escapeMrkdwn(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(broadcastName, `@${JOINER}`);
}

/** A few words in Markdown as mrkdwn: escaped, with bold as Slack writes it. Code and slanted words are the same in both. */
export function mrkdwnOf(markdown: string): string {
  return escapeMrkdwn(markdown).replace(/\*\*(\S(?:[^*\n]*\S)?)\*\*/g, '*$1*');
}

const broadcastName = /@(?=(?:channel|here|everyone)\b)/gi;

/** Standard Markdown for a `markdown` block: `@channel`, `<!…>` and raw ids, also as entities, are made plain text. */
export function neutralMarkdown(markdown: string): string {
  return markdown
    .replace(/(<|&lt;?|&#0*60;?|&#x0*3c;?)(?=\\?[!@#])/gi, `$1${JOINER}`)
    .replace(broadcastName, `@${JOINER}`);
}

/** Code keeps its text, but for what Slack could act on even there. */
export function neutralCode(code: string): string {
  return code.replace(/<(?=!(?:channel|here|everyone|subteam|date)\b|@[UW][A-Z0-9])/gi, `<${JOINER}`);
}

/** `![alt](url)` -> `[alt](url)`: nothing is fetched because somebody reads. `linkFollows`: the text is followed by a link. */
export function withoutImages(markdown: string, linkFollows = false): string {
  return markdown.replace(/(?:\\?!)+/g, (bangs, at: number) => {
    const next = markdown.charAt(at + bangs.length) || (linkFollows ? '[' : '');
    return next === '[' ? '' : bangs;
  });
}
