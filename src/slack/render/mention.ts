// Replaces `@name` in a model's text by a mention, if a member has that name. Pure.

export type People = (name: string) => string | undefined;

// The pattern limits the length of a name's words, because the name is looked up once for each possible end.
const at =
  /(?<![\p{L}\p{N}@/.\\])@([\p{L}\p{N}][\p{L}\p{N}\p{M}._'’-]{0,79}(?: [\p{L}\p{N}][\p{L}\p{N}\p{M}._'’-]{0,79}){0,3})/gu;
const userId = /^[UW][A-Z0-9]+$/;

/**
 * Replaces `@name` by a mention of the member. The longest name wins: `@Ann Lee` before `@Ann`. An escaped `@` is plain
 * text. Pass only prose, no code or links.
 */
export function withMentions(text: string, people: People): string {
  return text.replace(at, (whole, words: string) => {
    for (const end of boundaries(words)) {
      const id = people(words.slice(0, end));
      if (id !== undefined && userId.test(id)) return `<@${id}>${words.slice(end)}`;
    }
    return whole;
  });
}

/**
 * Returns the positions where a name may end, longest first. A name may end before `'s` or a full stop, but not inside
 * `ann-marie`.
 */
function boundaries(words: string): number[] {
  const ends = [...words.matchAll(/(?<=[\p{L}\p{N}\p{M}.])(?=['’]|[._-]*(?: |$))/gu)].map((found) => found.index);
  return ends.reverse();
}
