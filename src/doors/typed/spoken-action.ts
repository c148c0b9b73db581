// Reads a command in the words that people try first: “find price”, “task: buy flour”, “add @scribe”. Pure.

/** `words`: the pattern whose rest goes to the action, as its only needed field. */
const SPOKEN: readonly { words: RegExp; action: string }[] = [
  { words: /^(?:find|search)(?: for)?(?=\s|$)/i, action: 'search_pod' },
  { words: /^(?:(?:new|create|add|make)\s+)?(?:an?\s+)?(?:task|todo|to-do)\s*:?(?=\s|$)/i, action: 'create_task' },
  { words: /^(?:decision|decide|decided)\s*:?(?=\s|$)/i, action: 'record_decision' },
  { words: /^learning\s*:?(?=\s|$)/i, action: 'record_learning' },
  { words: /^(?:history|log)$/i, action: 'pod_history' },
  { words: /^agents$/i, action: 'list_agents' },
  { words: /^skills$/i, action: 'list_skills' },
  { words: /^(?:members|people|who|notes|notebook|decisions)$/i, action: 'read_pod' },
  { words: /^add(?=\s+(?:@|<@)\S+$)/i, action: 'add_member' },
];

/** Returns the line with the action's name in place of these words. Undefined for all others. */
export function spokenAction(text: string): string | undefined {
  const said = text.trim();
  const invited = INVITE.exec(said);
  if (invited) return inviting(invited[1] ?? '');
  for (const { words, action } of SPOKEN) {
    const found = words.exec(said)?.[0];
    if (found !== undefined) return `${action} ${said.slice(found.length).trim()}`.trim();
  }
  return undefined;
}

const INVITE = /^invite(?:\s+(.*))?$/is;
/** An address as people write it, and as Slack sends it: `<mailto:maja@example.com|maja@example.com>`. */
const ADDRESS = /<?(?:mailto:)?[^\s<>|@]+@[^\s<>|@]+(?:\|[^>]*)?>?/;

/** “invite Maja Holm maja@example.com”: the address and the name are fields of their own. */
function inviting(words: string): string {
  const address = ADDRESS.exec(words)?.[0];
  const name = words
    .replace(ADDRESS, '')
    .replace(/["“”„]/g, '')
    .trim();
  return ['invite_person', address && `--email ${address}`, name && `--name "${name}"`].filter(Boolean).join(' ');
}
