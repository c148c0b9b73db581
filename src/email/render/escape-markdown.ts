// Escapes text for Markdown, so that no character has a special meaning. Pure.

/** Puts a backslash before each ASCII punctuation character, which https://spec.commonmark.org allows. */
export function escapeMarkdown(words: string): string {
  return words.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
