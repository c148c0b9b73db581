// Whether a text says something that stands in another already: Slack sends the same words as text, as blocks and as a fallback. Pure and linear.

/** The longer of two forms of a text. Both, joined, if the shorter one has a word that the longer one lacks. */
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

/** The parts, each below the other, without those whose words stand in a row in another. */
export function joined(parts: readonly string[]): string {
  let kept: Part[] = [];
  for (const text of parts.map((each) => each.trim()).filter(Boolean)) {
    const part = { text, words: wordsIn(text) };
    if (kept.some((other) => says(other, part))) continue;
    kept = [...kept.filter((other) => !says(part, other)), part];
  }
  return kept.map(({ text }) => text).join('\n');
}

/** All words of `part` stand in a row in `text`. */
export function holds(text: string, part: string): boolean {
  return says({ text, words: wordsIn(text) }, { text: part, words: wordsIn(part) });
}

function says(whole: Part, part: Part): boolean {
  // Signs alone are compared as they are.
  return part.words.length ? holdsWords(whole.words, part.words) : whole.text.trim() === part.text.trim();
}

/** Marks and the numbers of lists are no words: they differ from form to form. */
function wordsIn(text: string): string[] {
  const plain = text.replace(/^[^\S\n]{0,20}(?:[-•◦▪]|[\p{L}\p{N}]{1,4}\.)[^\S\n]/gmu, '');
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Knuth, Morris and Pratt: linear, however often the first words come again. */
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
