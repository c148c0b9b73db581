// Escapes text for Markdown, so that no character has a special meaning. Pure.

/** https://spec.commonmark.org: each ASCII punctuation character may be escaped. */
export function escapeMarkdown(words: string): string {
  return words.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
