// Detects repeated text, because Slack sends the same words as text, as blocks and as a fallback. Pure and linear.

/**
 * Returns the longer of two forms of a text. If the longer one lacks a word of the shorter one, returns both, joined.
 */
export function wholeOf(text: string, other: string): string {
  if (!text.trim() || !other.trim()) return text.trim() ? text : other;
  const [words, more] = [wordsIn(text), wordsIn(other)];
  const [longer, known, rest] = more.length > words.length ? [other, more, words] : [text, words, more];
  const all = new Set(known);
  return rest.every((word) => all.has(word)) ? longer : joined([text, other]);
}

interface Part {
  text: string;
  words: readonly string[];
}

/** Joins the parts with newlines. Omits each part that another part contains. */
export function joined(parts: readonly string[]): string {
  let kept: Part[] = [];
  for (const text of parts.map((each) => each.trim()).filter(Boolean)) {
    const part = { text, words: wordsIn(text) };
    if (kept.some((other) => says(other, part))) continue;
    kept = [...kept.filter((other) => !says(part, other)), part];
  }
  return kept.map(({ text }) => text).join('\n');
}

/** True if `text` contains all words of `part`, in the same order and without other words between them. */
export function holds(text: string, part: string): boolean {
  return says({ text, words: wordsIn(text) }, { text: part, words: wordsIn(part) });
}

function says(whole: Part, part: Part): boolean {
  // Two texts are compared as a whole if they have no words, such as emoji.
  return part.words.length ? holdsWords(whole.words, part.words) : whole.text.trim() === part.text.trim();
}

/** Returns the words without punctuation and list numbers, because the forms differ in these. */
function wordsIn(text: string): string[] {
  const plain = text.replace(/^[^\S\n]{0,20}(?:[-•◦▪]|[\p{L}\p{N}]{1,4}\.)[^\S\n]/gmu, '');
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Searches with the Knuth-Morris-Pratt algorithm, which is linear even if the first words repeat. */
function holdsWords(words: readonly string[], part: readonly string[]): boolean {
  if (part.length > words.length) return false;
  const back = [0];
  for (let n = 1, fit = 0; n < part.length; n++) {
    while (fit > 0 && part[n] !== part[fit]) fit = back[fit - 1] ?? 0;
    if (part[n] === part[fit]) fit += 1;
    back.push(fit);
  }
  let fit = 0;
  for (const word of words) {
    while (fit > 0 && word !== part[fit]) fit = back[fit - 1] ?? 0;
    if (word === part[fit]) fit += 1;
    if (fit === part.length) return true;
  }
  return false;
}
