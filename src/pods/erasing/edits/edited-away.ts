// Decides whether an edit takes words away that its author may want forgotten. Pure.

const WORD = /[\p{L}\p{N}\p{M}]+/gu;

/** The fewest letters of a word that can be misspelt. A shorter one is another word. */
const FEWEST_LETTERS = 4;

/**
 * False if the new text still says all words of the earlier one, in any order, or corrects the spelling of some. Spaces,
 * punctuation and capitals are no words.
 */
export function editedAway(before: string, now: string): boolean {
  const left = wordsIn(now);
  const gone = wordsIn(before).filter(({ norm }) => {
    const at = left.findIndex((word) => word.norm === norm);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return gone.some((word) => {
    const at = left.findIndex((other) => isRespelt(word, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

interface Word {
  said: string;
  norm: string;
}

function wordsIn(text: string): Word[] {
  return (text.match(WORD) ?? []).map((said) => ({ said, norm: said.normalize('NFKC').toLowerCase() }));
}

/** False for names, numbers, short words, and scripts in which a sign is a word. */
function canBeMisspelt({ said, norm }: Word): boolean {
  return norm.length >= FEWEST_LETTERS && said === norm && said !== said.toUpperCase() && !/\p{N}/u.test(norm);
}

/** True if one letter is another, is missing, is too many, or has changed places. */
function isRespelt(one: Word, other: Word): boolean {
  if (!canBeMisspelt(one) || !canBeMisspelt(other)) return false;
  const [a, b] = [[...one.norm], [...other.norm]];
  if (Math.abs(a.length - b.length) > 1) return false;
  const from = a.findIndex((letter, n) => letter !== b[n]);
  const start = from < 0 ? a.length : from;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  const same = (x: string[], y: string[]) => x.join('') === y.join('');
  const swapped = [restB[1] ?? '', restB[0] ?? '', ...restB.slice(2)];
  return (
    same(restA.slice(1), restB.slice(1)) ||
    same(restA.slice(1), restB) ||
    same(restA, restB.slice(1)) ||
    same(restA, swapped)
  );
}
