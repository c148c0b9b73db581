// Finds the known name that a misspelt one probably stands for, so that an error can suggest it.

/** Returns the nearest of the known names, as `nearest` finds them. Undefined if none is near. */
export function closest(name: string, known: readonly string[], most = 2): string | undefined {
  return nearest(name, known, most)[0];
}

/** Returns the known names in which at most `most` letters are added, missing or different, the nearest first. */
export function nearest(name: string, known: readonly string[], most = 2): string[] {
  return known
    .filter((candidate) => Math.abs(candidate.length - name.length) <= most)
    .map((candidate) => ({ candidate, letters: distance(name, candidate, most) }))
    .filter(({ letters }) => letters <= most)
    .sort((a, b) => a.letters - b.letters)
    .map(({ candidate }) => candidate);
}

/** Returns the Levenshtein distance of two words, or Infinity as soon as it must be more than `most`. */
function distance(a: string, b: string, most: number): number {
  const others = [...b];
  let row = [0, ...others.map((_, index) => index + 1)];
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of others.entries())
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    // A distance is never less than the least of an earlier row.
    if (Math.min(...next) > most) return Number.POSITIVE_INFINITY;
    row = next;
  }
  return row.at(-1) ?? 0;
}
