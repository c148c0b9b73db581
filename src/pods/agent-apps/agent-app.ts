// The state of an agent's own Slack app. The log of the organisation has one document for each app, and each pod whose
// people have to mend a lost one has another, to which their open items belong.
import { idOf } from '../../log/ids.ts';
import type { AgentId, PersonId } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

/** `lost`: Slack refuses its token. `unset`: no settings name the app any more. */
export type AgentAppState = 'working' | 'lost' | 'unset';

/** The app's ids in the workspace. They are remembered, so that its mentions are read while Slack refuses its token. */
export interface AgentAppIds {
  user: string;
  bot: string;
  app?: string;
}

/** The people of one pod who have to hear of a lost app. */
export interface ToldIn {
  pod: string;
  people: PersonId[];
}

export interface AgentAppDoc extends ViewDoc {
  agent: AgentId;
  state: AgentAppState;
  ids?: AgentAppIds;
  /** Set while the app is lost, in the log of the organisation: where people were told of it. */
  told?: ToldIn[];
  /** Set while the app is lost, in the log of a pod: the people who were told of it there. */
  people?: PersonId[];
  /** The name of the setting that holds the token. */
  setting?: string;
}

export const AGENT_APPS = ref<AgentAppDoc>('agentApps');

export type AgentAppChange = { v: 1; on: 'agentApps'; id: string; agent: AgentId } & (
  | { type: 'app_reported'; state: AgentAppState; setting: string; ids?: AgentAppIds; told?: ToldIn[] }
  | { type: 'app_lost'; people: PersonId[]; setting: string }
  /** `unset`: nobody wants the app any more. */
  | { type: 'app_back'; unset?: true }
);

export function agentAppId(pod: string, agent: AgentId): string {
  return idOf('ap', pod, agent);
}

export function evolveAgentApp(
  doc: AgentAppDoc | undefined,
  change: AgentAppChange,
  _meta: Meta,
): Own<AgentAppDoc> | undefined {
  const { agent } = change;
  switch (change.type) {
    case 'app_reported': {
      const { state, setting, told } = change;
      const ids = change.ids ?? doc?.ids;
      return { agent, state, setting, ...(ids ? { ids } : {}), ...(told ? { told } : {}) };
    }
    case 'app_lost':
      return { agent, state: 'lost', people: change.people, setting: change.setting };
    case 'app_back': {
      if (!doc) return undefined;
      const { people: _people, ...rest } = doc;
      return { ...rest, state: change.unset ? 'unset' : 'working' };
    }
    default:
      change satisfies never;
      return doc;
  }
}
