// Handles "Show launch-brief.md" and "what is in notes.md?".

import { call, type Intent, once, part } from '../../intent.ts';

export const fileName = /["“`]?([\w][\w.-]*\.(?:md|txt|csv|json|ya?ml|html?))["”`]?/i;
const READ_VERB = /\b(?:read|show|open|display|print|see|what(?:['’]s| is| does)|look (?:at|into))\b/i;
/** The longest text of a file, in characters, that one post shows. */
const mostCharacters = 2500;

export const readFile: Intent = {
  hear({ text }) {
    const name = fileName.exec(text)?.[1];
    if (!name || !READ_VERB.test(text)) return undefined;
    return () =>
      once(call('read_file', { name }), (outcome) => {
        const content = part<string>(outcome, 'text') ?? '';
        const more = content.length > mostCharacters ? `\n… (${content.length - mostCharacters} more characters)` : '';
        return `${name}:\n\n${content.slice(0, mostCharacters)}${more}`;
      });
  },
};
