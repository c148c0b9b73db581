// The rule for stopped runs: their calls are refused.
import { refuse, rule } from '../verdict.ts';

export const stopped = rule<{ stopped: boolean }>({
  name: 'stopped',
  load(_read, { request: { facts } }) {
    return facts && { stopped: facts.stopped() };
  },
  judge: ({ stopped }) => (stopped ? refuse('Not run: a person stopped you.') : undefined),
});
