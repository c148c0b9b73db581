// Finds a message that asks agents to stop, or to go on: “@scribe stop”, “please go on!”. Pure.
import { withoutMentions } from '../addressable-text.ts';

/** Words that may stand beside the others. */
export const POLITE = new Set('please now ok okay hey hi thanks thank you pls'.split(' '));
/** Only a text with one of these words can be a “stop”. */
const STOP_WORD = /stop|halt|abort|cancel/i;
const STOP = /^(?:stop|halt|abort|cancel)(?: (?:it|that|this|working|everything|all|them all|all of (?:it|them)))?$/;
/** In a text that asks to stop: everywhere. */
const ALL = /\b(?:all|everything)\b/i;

/** True if facts are worth reading for it: the text may ask agents to stop. */
export function mayStop(text: string): boolean {
  return text.length < 300 && STOP_WORD.test(text);
}

/** True if a text that asks to stop means everything, and not only what runs where it stands. */
export function isForAll(text: string): boolean {
  return ALL.test(text);
}

/** True if the whole message asks to stop: “@scribe stop”, “please stop it, scribe 🛑”. `names`: by which the text may call agents. */
export function asksToStop(text: string, names: ReadonlySet<string>): boolean {
  if (!STOP_WORD.test(text)) return false;
  const words =
    withoutMentions(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}’'-]*/gu) ?? [];
  const said = words.filter((word) => !POLITE.has(word) && !names.has(word));
  return said.length < 5 && STOP.test(said.join(' '));
}

/** True if the whole message asks to continue: “@scribe go on”, “please go on!”. */
export function asksToGoOn(text: string): boolean {
  return /^[\s,:]*([\p{L}\p{N}-]+\s*[,:]\s*)?(please\s+)?go on[\s.!]*$/iu.test(withoutMentions(text));
}
