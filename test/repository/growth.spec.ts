// Text from outside is read in time that grows with its length: twice the text takes about twice as long, never four times.
import { expect } from 'chai';
import { newsText } from '../../src/agents/sessions/hearing/news-text.ts';
import { isSilence } from '../../src/agents/sessions/transcript.ts';
import { quiet } from '../../src/digest/quiet.ts';
import { readCommands } from '../../src/doors/replies/reply-command.ts';
import { decodeWords } from '../../src/email/decode/encoded-words.ts';
import { withoutInvisible } from '../../src/email/decode/invisible-signs.ts';
import { visibleHtml } from '../../src/email/html/html-visible.ts';
import { invitesIn } from '../../src/email/parse/calendar.ts';
import { knownWords } from '../../src/email/quotes/known-words.ts';
import { trimReply } from '../../src/email/quotes/trim-reply.ts';
import { markdownHtml } from '../../src/email/render/markdown-html.ts';
import type { ParticipantId } from '../../src/log/participant.ts';
import { addressableText } from '../../src/pods/conversations/addressable-text.ts';
import { namesCalled, whoIsMeant } from '../../src/pods/conversations/addressing.ts';
import { contentOf } from '../../src/pods/files/files.ts';
import { excerpt } from '../../src/pods/search/excerpt.ts';
import { personWords } from '../../src/slack/parse/message-words.ts';
import { readText } from '../../src/slack/parse/text.ts';
import { withMentions } from '../../src/slack/render/mention.ts';
import { linkedMrkdwn } from '../../src/slack/render/neutral.ts';
import { render } from '../../src/slack/render/render.ts';
import { split } from '../../src/slack/render/split.ts';

const nobody = () => undefined;
const meant = (by: ParticipantId) => (text: string) =>
  whoIsMeant({
    ...{ text, by, known: new Map(), direct: false },
    conversation: { agents: [], people: [], lastTo: [], hops: 0 },
  });

const READERS: Record<string, (text: string) => unknown> = {
  'whom a person means': meant('person:ada'),
  'whom an agent means': meant('agent:scribe'),
  'the names a text begins or ends with': namesCalled,
  'what of a text can address somebody': addressableText,
  'an excerpt': (text) => excerpt(text, 'box', 200),
  'a line of a digest': (text) => quiet(text),
  'mentions in a post': (text) => withMentions(text, nobody),
  'a line with links': linkedMrkdwn,
  'a post': (markdown) => render({ markdown, people: nobody }),
  'the parts of a post': (text) => split(text, 3000),
  'a text from Slack': (text) => readText(text, { user: nobody, botUserId: 'U1' }),
  'the words of a message of Slack': (text) => {
    const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text }] }] };
    const section = { type: 'section', text: { type: 'mrkdwn', text: `${text} ${text}` } };
    return personWords(text, { blocks: [rich, section], attachments: [{ is_share: true, author_name: text, text }] });
  },
  'an answer by mail': markdownHtml,
  'what is new in a reply': (text) => trimReply({ text }),
  'what of a reply is not known': (text) => {
    const known = { ...knownWords([text], ['a']), knowsAuthor: () => false };
    return trimReply({ text: `Yes.\n\n> b ${text}` }, known);
  },
  'the commands of a reply': readCommands,
  'a message for a model': (text) => newsText([{ id: 'm', from: text, at: 1, text, edited: false }]),
  'what is seen of a page': visibleHtml,
  'the styles of a page': (text) => visibleHtml(`<style>${text}</style><p class="a b">x</p>`),
  'the style of an element': (text) => visibleHtml(`<p style="${text.replaceAll('"', "'")}">x</p>`),
  'signs that nobody sees': withoutInvisible,
  'encoded words': decodeWords,
  'an invitation': (text) =>
    invitesIn({
      attachments: [
        { name: 'a.ics', mime: 'text/calendar', size: 1, content: Buffer.from(`BEGIN:VEVENT\n${text}`), inline: false },
      ],
      forwarded: [],
    }),
  silence: isSilence,
  'a file in base64': (base64) => {
    try {
      return contentOf({ base64 });
    } catch (error) {
      return error;
    }
  },
};

/** The beginning, the repeated part and the end of a text that once made, or could make, a parser quadratic. */
const TEXTS: readonly (readonly [start: string, again: string, end: string])[] = [
  ['@a', '.', 'b'],
  ['@', 'a', '!'],
  ['@a', ' b', ''],
  ['', '@a ', ''],
  ['a', '_', 'b'],
  ['a', '*', 'b'],
  ['<', ' ', 'x'],
  ['</', ' ', 'x'],
  ['', '\r', 'x'],
  ['', '\u2028', 'x'],
  ['', '=', 'b'],
  ['', '`', 'x'],
  ['```', '\n', 'x'],
  ['"', 'a ', ''],
  ['', '“', ''],
  ['[', '[', 'x'],
  ['', '![', ''],
  ['', '<@', ''],
  ['stop', ' ', 'x'],
  ['stop', ' it', 'x'],
  ['a', ' ,', 'x'],
  ['', '> ', ''],
  ['| a |\n|', ' |', ''],
  ['', 'On a\n', 'x'],
  ['', '=?', 'x'],
  ['=?utf-8?q?', '=', '?='],
  ['', '\u200b', 'x'],
  ['', '<p hidden>', 'x'],
  ['', '<style>', 'x'],
  ['', '.a{', 'x'],
  ['', '/*', 'x'],
  ['A;B=', '"b"', ':c'],
];

const N = 15_000;
/** In milliseconds. Linear work takes far less, also on a busy machine, and quadratic work far more. */
const NOISE = 300;

function fastest(read: (text: string) => unknown, text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 3; tries++) {
    const before = process.cpuUsage();
    read(text);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
    if (best < NOISE) break;
  }
  return best;
}

describe('reading text from outside', () => {
  for (const [what, read] of Object.entries(READERS))
    it(`takes time that grows with its length: ${what}`, () => {
      for (const [start, again, end] of TEXTS) {
        const text = (length: number) => start + again.repeat(Math.ceil(length / again.length)) + end;
        const long = fastest(read, text(4 * N));
        if (long < NOISE) continue;
        // Four times as long takes about four times; with the square of the length it would be sixteen.
        expect(long / fastest(read, text(N)), JSON.stringify([start, again, end])).to.be.below(9);
      }
    });
});
