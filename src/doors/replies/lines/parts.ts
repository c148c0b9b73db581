// Parts that the lines of commands share. Pure.

/** Words that may stand at the end of a line. */
export const polite = /(?:,? (?:please|pls|thanks|thank you|now)[.!]?)+$/iu;

/** Returns the task that a line names: before its command, or after it. */
export function ofTask(...numbers: readonly (string | undefined)[]): { task?: string } {
  const number = numbers.find((one) => one !== undefined);
  return number ? { task: `#${number}` } : {};
}

/** Reads a line that means nothing without the words behind its colon. `pattern`: two numbers of tasks, then the words. */
export function withWords(
  pattern: RegExp,
  line: string,
  longest: number,
): { words: string; of: { task?: string } } | undefined {
  const [, first, second, words] = (line.length < longest && pattern.exec(line)) || [];
  return words ? { words, of: ofTask(first, second) } : undefined;
}
