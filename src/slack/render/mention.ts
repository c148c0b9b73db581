// Turns `@name` in a model's text into a real mention if the name is a known member's. Pure.

export type People = (name: string) => string | undefined;

// The longest word of a name. The bound keeps the search short, which repeats for each possible end.
const at =
  /(?<![\p{L}\p{N}@/.\\])@([\p{L}\p{N}][\p{L}\p{N}\p{M}._'’-]{0,79}(?: [\p{L}\p{N}][\p{L}\p{N}\p{M}._'’-]{0,79}){0,3})/gu;
const userId = /^[UW][A-Z0-9]+$/;

/** The longest name wins: `@Ann Lee` before `@Ann`. An escaped `@` is plain text. Call it only for prose, not for code or links. */
export function withMentions(text: string, people: People): string {
  return text.replace(at, (whole, words: string) => {
    for (const end of boundaries(words)) {
      const id = people(words.slice(0, end));
      if (id !== undefined && userId.test(id)) return `<@${id}>${words.slice(end)}`;
    }
    return whole;
  });
}

/** Where a name may end, longest first: not inside `ann-marie`, but before `'s` or a full stop. */
function boundaries(words: string): number[] {
  const ends = [...words.matchAll(/(?<=[\p{L}\p{N}\p{M}.])(?=['’]|[._-]*(?: |$))/gu)].map((found) => found.index);
  return ends.reverse();
}
