// A person's words as they are, inside Markdown of ours: every sign that could mean something is only itself. Pure.

/** https://spec.commonmark.org: each ASCII punctuation character may be escaped. */
export function escapeMarkdown(words: string): string {
  return words.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
