// Chooses the alternative of a mail's text (RFC 2046 section 5.1.4) that people see. Pure, linear.

/** A stretch of a body, as plain text, as HTML or as both. */
export interface Stretch {
  text?: string;
  html?: string;
  /** The visible text of the HTML. */
  words?: string;
  /** The HTML, including hidden content. */
  whole?: string;
  cut: boolean;
}

export interface Chosen {
  stretch: Stretch;
  note?: string;
  /** Set if nothing is visible. The hidden content is then used, because there is no other. */
  hidden?: true;
}

/** The share of its words that one alternative may lack, because the labels of links and pictures differ. */
const MOST_MISSING = 0.2;
/** The most words of a placeholder such as “This message needs an HTML reader.” */
const STUB_WORDS = 25;

/** Returns the chosen alternative. Mail programs show the HTML, so the plain text is used only if it says the same. */
export function chosenFace({ text = '', html, words: shown = '', whole, cut }: Stretch, hides: boolean): Chosen {
  if (shown.trim() === '' && text.trim() === '' && hides && whole)
    return { stretch: { html: whole, cut }, hidden: true };
  if (shown.trim() === '') {
    const note =
      hides && html !== undefined && text.trim() ? 'Its HTML shows nothing, so its plain text was taken.' : undefined;
    return { stretch: { text, cut, ...(text.trim() === '' && html ? { html } : {}) }, ...(note ? { note } : {}) };
  }
  if (text.trim() === '') return { stretch: { ...(html ? { html } : {}), cut } };
  if (bare(text).includes(bare(shown))) return { stretch: { text, ...(html ? { html } : {}), cut } };
  const [plain, rich] = [wordsIn(text), wordsIn(shown)];
  const lost = missing(rich, plain);
  if (lost <= rich.size * MOST_MISSING) return { stretch: { text, ...(html ? { html } : {}), cut } };
  const more = missing(plain, rich);
  // The HTML contains only a line such as “View this in your browser”, and the plain text contains the mail.
  if (rich.size < plain.size * MOST_MISSING) return { stretch: { text, cut } };
  const differs = more > plain.size * MOST_MISSING && plain.size > STUB_WORDS;
  return {
    stretch: { ...(html ? { html } : {}), cut },
    ...(differs
      ? { note: 'Its plain text says something else than its HTML; the HTML was taken, as mail programs show it.' }
      : {}),
  };
}

function missing(of: ReadonlySet<string>, within: ReadonlySet<string>): number {
  let count = 0;
  for (const word of of) if (!within.has(word)) count += 1;
  return count;
}

/** Keeps only letters and digits, because most alternatives are then equal. */
function bare(text: string): string {
  return text.replace(addresses, '').replace(between, '');
}

/** Matches URLs, which are removed, because only one of the alternatives may contain them. */
const addresses = /\bhttps?:\S+/gi;
const between = /[\s!-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f\uff01-\uff0f]+/g;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function wordsIn(text: string): Set<string> {
  const words = text.replace(addresses, ' ').toLowerCase().split(between);
  // In a script without spaces, a line can break anywhere, so each character counts as a word.
  const whole = unspaced.test(text) ? words.flatMap((word) => (unspaced.test(word) ? [...word] : word)) : words;
  const found = new Set(whole);
  found.delete('');
  return found;
}
