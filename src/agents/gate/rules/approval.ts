// The rule for `policy: ask`: a person has to approve this exact call.
import type { ToolCall } from '../../../log/call-facts.ts';
import { refuse, rule } from '../verdict.ts';

export const approval = rule<Pick<ToolCall, 'tool' | 'policy'>>({
  name: 'approval',
  load(_read, { request: { facts } }) {
    return facts?.call;
  },
  judge({ tool, policy }) {
    if (policy !== 'ask') return undefined;
    return refuse(
      `${tool} needs a person's approval for each call, which can't be given here yet.`,
      'Tell the person what you would call and with which input; they can do it themselves.',
    );
  },
});
