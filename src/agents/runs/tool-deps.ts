// Builds the dependencies of tools from those of a run.
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import type { AnyAction } from '../../pods/action.ts';
import type { Store } from '../../store/port.ts';
import type { ToolServer } from '../../tools/manifest.ts';
import type { ToolDeps } from '../../tools/tool.ts';
import { storedOutcomes } from '../sessions/outcomes.ts';
import { kitOf } from './kit.ts';

export interface ToolParts {
  store: Store;
  act: Act;
  read: Reader;
  actions: ReadonlyMap<string, AnyAction>;
  clock(): number;
  /** All servers, the disabled ones too; `toolDeps` filters them out. */
  servers: readonly ToolServer[];
  mcp: ToolDeps['mcp'];
}

export function toolDeps({ store, act, read, actions, clock, servers, mcp }: ToolParts): ToolDeps {
  return {
    ...{ act, read, actions, mcp },
    servers: servers.filter(({ enabled }) => enabled),
    kitOf: (agent) => kitOf(read, agent),
    outcomes: storedOutcomes(store, clock),
  };
}
