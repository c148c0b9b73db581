// The rule for `policy: deny`: the tool is switched off in its manifest.
import type { ToolCall } from '../../../log/call-facts.ts';
import { refuse, rule } from '../verdict.ts';

export const policy = rule<Pick<ToolCall, 'tool' | 'policy'>>({
  name: 'policy',
  load(_read, { request: { facts } }) {
    return facts?.call;
  },
  judge({ tool, policy }) {
    if (policy !== 'deny') return undefined;
    return refuse(`${tool} is switched off in the server's manifest.`, 'Do without it, or ask the owner.');
  },
});
