// report_app and tell_app (Skein's own): the state of an agent's own Slack app, on the log of the organisation, and in the
// pods whose people have to mend it. They hear of a lost app once, until it works again.
import { z } from 'zod';
import { NotFound } from '../../errors.ts';
import type { AgentId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { AGENTS } from '../agent-definitions/agent.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { requirePod } from '../require.ts';
import { AGENT_APPS, type AgentAppDoc, type AgentAppIds, agentAppId, type ToldIn } from './agent-app.ts';
import { whoMends } from './who-mends.ts';

const agentInput = z.templateLiteral(['agent:', z.string().min(1)]);
const ids = z.strictObject({ user: z.string(), bot: z.string(), app: z.string().optional() });
const person = z.templateLiteral(['person:', z.string().min(1)]);

export const reportApp = action({
  name: 'report_app',
  title: "Report an agent's Slack app",
  description: "Records whether an agent's own Slack app works, and lets people know who have to mend it.",
  input: z.strictObject({
    agent: agentInput,
    state: z.enum(['working', 'lost', 'unset']),
    setting: z.string().describe('The name of the setting that holds its token'),
    ids: ids.optional(),
  }),
  effect: 'write',
  org: true,
  internal: true,
  async load(read, { agent, state }, { pod }) {
    const [before, doc] = await Promise.all([
      read.get(AGENT_APPS, agentAppId(pod, agent as AgentId)),
      read.get(AGENTS, agent),
    ]);
    const told = state === 'lost' && doc ? await whoMends(read, agent as AgentId, doc.owner) : [];
    return { before, doc, told };
  },
  allow: onlySkein,
  decide({ before, doc, told }, { agent: named, state, setting, ids: found }, ctx) {
    if (!doc) throw new NotFound(`There is no agent “${named}”.`);
    const agent = named as AgentId;
    if (before?.state === state && isSame(before, { setting, ids: found as AgentAppIds | undefined }))
      return { changes: [], result: { told: 0 } };
    const stays = state === 'lost' && before?.state === 'lost' ? before.told : undefined;
    const lost = state === 'lost' ? { told: stays ?? told } : {};
    return {
      changes: [
        {
          ...{ v: 1, on: 'agentApps', id: agentAppId(ctx.pod, agent), type: 'app_reported', agent, state, setting },
          ...(found ? { ids: found as AgentAppIds } : {}),
          ...lost,
        },
      ],
      deliveries: tells(ctx, { agent, state, setting, before, told: stays ? [] : told }),
      result: { told: told.length },
    };
  },
});

function isSame(before: AgentAppDoc, { setting, ids: found }: { setting: string; ids?: AgentAppIds | undefined }) {
  const same = !found || (['user', 'bot', 'app'] as const).every((name) => before.ids?.[name] === found[name]);
  return before.setting === setting && same;
}

interface Telling {
  agent: AgentId;
  state: AgentAppDoc['state'];
  setting: string;
  before: AgentAppDoc | undefined;
  told: readonly ToldIn[];
}

function tells(ctx: Ctx, { agent, state, setting, before, told }: Telling): DeliveryWish[] {
  const act = (pod: string, input: object, n: number): DeliveryWish => ({
    ...{ kind: 'act', in: pod, action: 'tell_app', actor: 'skein', key: ctx.id('told', n) },
    input: { agent, ...input },
  });
  if (state === 'lost') return told.map(({ pod, people }, n) => act(pod, { lost: { people, setting } }, n));
  const unset = state === 'unset' ? { unset: true } : {};
  return (before?.told ?? []).map(({ pod }, n) => act(pod, unset, n));
}

export const tellApp = action({
  name: 'tell_app',
  title: "Tell of an agent's Slack app",
  description: "Opens the items of the people who have to mend an agent's Slack app, or settles them.",
  input: z.strictObject({
    agent: agentInput,
    /** Absent: the app works again, or is wanted no more. */
    lost: z.strictObject({ people: z.array(person), setting: z.string() }).optional(),
    unset: z.literal(true).optional(),
  }),
  effect: 'write',
  internal: true,
  load: async () => undefined,
  allow: onlySkein,
  decide(_view, { agent: named, lost, unset }, ctx) {
    requirePod(ctx, { archived: true });
    const agent = named as AgentId;
    const about = { v: 1, on: 'agentApps', id: agentAppId(ctx.pod, agent), agent } as const;
    return {
      changes: [
        lost
          ? { ...about, type: 'app_lost', people: lost.people as ToldIn['people'], setting: lost.setting }
          : { ...about, type: 'app_back', ...(unset ? { unset } : {}) },
      ],
      result: {},
    };
  },
});

function onlySkein(_view: unknown, _input: unknown, { role }: Ctx): true | string {
  return role === 'skein' || 'Only Skein itself knows whether a Slack app works.';
}
