// The query “find rye price”: searches the pods that the mail was sent to.
import { quiet } from '../../../digest/quiet.ts';
import { shownTime } from '../../../pods/local-time.ts';
import type { PodDoc } from '../../../pods/pod/pod.ts';
import { enter } from '../../enter.ts';
import type { MailContext } from '../context.ts';
import { type Asked, blocks, type Query } from './query.ts';

interface Found {
  kind: string;
  text: string;
  from?: string;
  at: string;
  conversation?: string;
}

const MOST_SHOWN = 10;
/** A line with more words is a sentence. */
const MOST_WORDS = 6;
/** With one of these first, the line asks somebody to look for something: “find a cheaper mill”. */
const ASKS_SOMEBODY =
  /^(?:a|an|the|this|that|these|those|out|me|us|him|her|them|some|somebody|someone|any|anybody|another|my|our|your|their|who|whom|what|which|when|where|whether|why|how|if|all|time|ways?)\s/i;

export const FIND_QUERY: Query = {
  example: 'find rye price',
  read(line) {
    const [, quoted, words = ''] = /^find\s+(?:[“"]([^”"]+)[”"]?|(\S.*))$/i.exec(line) ?? [];
    if (quoted) return quoted;
    return !words || /[,;]/.test(words) || words.split(/\s+/).length > MOST_WORDS || ASKS_SOMEBODY.test(`${words} `)
      ? undefined
      : words;
  },
  async answer(mail, asked) {
    const { fill } = mail.texts;
    const found = (await Promise.all(asked.pods.map((pod) => foundIn(mail, asked, pod)))).flat();
    const fields = { words: quiet(asked.words, 100), pods: asked.pods.map(({ name }) => quiet(name, 60)).join(', ') };
    const lines = found.map((line) => `- ${line}`).join('\n');
    const head = fill('mail-query', lines ? 'found' : 'found-nothing', fields);
    return { text: blocks(head, lines, fill('mail-query', 'find-hint')) };
  },
};

/** Returns a line for each thing found, the best first. A link writes into its conversation. */
async function foundIn(mail: MailContext, { arrived, words, zone }: Asked, pod: PodDoc): Promise<string[]> {
  const { fill } = mail.texts;
  const input = { query: words, limit: MOST_SHOWN };
  const asked = { as: arrived.author, pod, action: 'search_pod', via: 'email', input } as const;
  const { found } = (await enter<{ found: Found[] }>(mail, asked)).result;
  return Promise.all(
    found.map(async ({ kind, text, from, at, conversation }) => {
      const by = from ? fill('mail-query', 'found-by', { person: quiet(from, 60) }) : '';
      const url = conversation ? `mailto:${await mail.replyAddress({ pod: pod.id, thread: conversation })}` : '';
      const when = shownTime(zone, Date.parse(at));
      return fill('mail-query', 'found-item', {
        kind,
        pod: quiet(pod.name, 60),
        by,
        when,
        text: quiet(text, 300),
        url,
      });
    }),
  );
}
