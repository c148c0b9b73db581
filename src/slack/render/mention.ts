// `@name` in a model's words -> a real mention, where the name is a known member's. Pure.

export type People = (name: string) => string | undefined;

// No word of a name is longer: what looks like one is read again for each place where it may end.
const at =
  /(?<![\p{L}\p{N}@/.\\])@([\p{L}\p{N}][\p{L}\p{N}\p{M}._'’-]{0,79}(?: [\p{L}\p{N}][\p{L}\p{N}\p{M}._'’-]{0,79}){0,3})/gu;
const userId = /^[UW][A-Z0-9]+$/;

/** The longest name wins: `@Ann Lee` before `@Ann`. Behind a backslash `@` is just a sign. Text in code or links is not for this function. */
export function withMentions(text: string, people: People): string {
  return text.replace(at, (whole, words: string) => {
    for (const end of boundaries(words)) {
      const id = people(words.slice(0, end));
      if (id !== undefined && userId.test(id)) return `<@${id}>${words.slice(end)}`;
    }
    return whole;
  });
}

/** Where a name may end, longest first: not inside `ann-marie`, but before the `'s` or the full stop that follows a name. */
function boundaries(words: string): number[] {
  const ends = [...words.matchAll(/(?<=[\p{L}\p{N}\p{M}.])(?=['’]|[._-]*(?: |$))/gu)].map((found) => found.index);
  return ends.reverse();
}
