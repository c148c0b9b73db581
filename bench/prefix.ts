// Prints the size of the frozen prefix, system and tools, of each shipped agent: every request of a session carries it.
import { openSession, prefixOf } from '../src/agents/sessions/open-session.ts';
import type { AgentId } from '../src/log/participant.ts';
import { ACTIONS } from '../src/pods/actions.ts';
import { countTokens } from '../src/practice/model/prompt-cache.ts';
import { atMost, line, title } from './print.ts';
import { makePod, openStage, say } from './stage.ts';

const AGENTS: readonly AgentId[] = ['agent:scribe', 'agent:pilot', 'agent:scout'];

export async function prefix(): Promise<void> {
  title('9. The frozen prefix of a session, system and tools, at four characters per token');
  const stage = await openStage();
  try {
    const { store, read, clock } = stage.core;
    const { pod } = await makePod(stage, 1);
    const conversation = await say(stage, { pod, channel: 'C0BENCH1' }, 'Good morning', 1);
    const deps = { store, read, clock, actions: ACTIONS, defaultModel: 'claude-opus-5-5' };
    for (const agent of AGENTS) {
      const frozen = await prefixOf(store, await openSession(deps, { pod, conversation, agent }));
      if (!frozen) throw new Error(`${agent} has no prefix.`);
      const [system, tools] = [JSON.parse(frozen.system), JSON.parse(frozen.tools)];
      line(agent, [countTokens({ model: '', max_tokens: 1, messages: [], system, tools })], 'tokens', atMost(6000));
    }
  } finally {
    await stage.stop();
  }
}
