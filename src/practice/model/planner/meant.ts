// Selects the messages that are addressed to the agent, as a model would.

export interface Heard {
  text: string;
  from?: string;
  /** True if the message is in the first turn, which contains the messages from before the agent was called. */
  opening: boolean;
}

/** The agent's name in the first turn. */
export interface Self {
  name: string;
  handle: string;
}

/**
 * Returns the messages for the agent. From the first turn: those that mention the agent, or a person's newest message.
 * From later turns: all that are not for others. An agent's message counts only if it mentions this agent. A person who
 * tries the server by hand mentions nobody.
 */
export function meantFor<T extends Heard>(
  self: Self | undefined,
  agents: readonly string[],
  heard: readonly T[],
): readonly T[] {
  if (!self) return heard;
  const call = new RegExp(`(?:^|[\\s(])@${self.handle}\\b`, 'i');
  const calls = ({ text }: Heard) => call.test(withoutQuotes(text));
  // Skein's own messages report changes and contain no wishes.
  const byAgent = ({ from }: Heard) =>
    from !== undefined && (from === self.name || from === 'Skein' || agents.includes(from));
  // Messages above the agent's own answer are answered already.
  const answered = heard.findLastIndex(({ from, opening }) => opening && from === self.name);
  const open = heard.slice(answered + 1);
  const called = open.some((one) => one.opening && calls(one));
  const newest = open.findLastIndex((one) => one.opening && !byAgent(one));
  return open.filter((one, n) => {
    if (calls(one)) return one.from !== self.name;
    if (byAgent(one)) return false;
    return one.opening ? !called && n === newest : !saidToOthers(one.text);
  });
}

function saidToOthers(text: string): boolean {
  const [, handle = ''] = /^(?:(?:hi|hey|hello)\s+)?@([\w.-]+)/i.exec(text.trim()) ?? [];
  return handle !== '' && handle.toLowerCase() !== 'skein';
}

function withoutQuotes(text: string): string {
  return text.replace(/"[^"\n]*"|“[^”\n]*”|`[^`\n]*`|^>.*$/gm, ' ');
}
