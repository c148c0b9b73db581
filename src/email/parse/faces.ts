// The alternatives of a mail's text (RFC 2046 section 5.1.4), and which of them says what a person reads. Pure, linear.

/** One stretch of a body; where it has two faces they say the same. */
export interface Stretch {
  text?: string;
  html?: string;
  /** The visible text of the HTML. */
  words?: string;
  /** The HTML with what is hidden in it. */
  whole?: string;
  cut: boolean;
}

export interface Chosen {
  stretch: Stretch;
  note?: string;
  /** Nobody sees anything of it: what is hidden is taken, for there is nothing else. */
  hidden?: true;
}

/** The share of a face that the other may lack, since labels of links and pictures differ. */
const MOST_MISSING = 0.2;
/** What a stub is made of: “This message needs an HTML reader.” */
const STUB_WORDS = 25;

/** A mail program shows the HTML: the text stands beside it only where it says the same. */
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
  // “View this in your browser”, beside all that there is to say.
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

/** Without what is neither a letter nor a digit: most faces are the same then. */
function bare(text: string): string {
  return text.replace(addresses, '').replace(between, '');
}

/** Links stand in one face and not in the other. */
const addresses = /\bhttps?:\S+/gi;
const between = /[\s!-/:-@[-`{-\u00bf\u2000-\u206f\u3000-\u303f\uff01-\uff0f]+/g;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

function wordsIn(text: string): Set<string> {
  const words = text.replace(addresses, ' ').toLowerCase().split(between);
  // Where no blanks stand between words, lines break anywhere.
  const whole = unspaced.test(text) ? words.flatMap((word) => (unspaced.test(word) ? [...word] : word)) : words;
  const found = new Set(whole);
  found.delete('');
  return found;
}
