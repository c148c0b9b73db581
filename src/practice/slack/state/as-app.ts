// The workspace as one of its apps sees it: `state.app` is that app, and all else is shared with the workspace.
import type { SlackApp } from './state.ts';
import type { Workspace } from './workspace.ts';

/** The state is read through its prototype, so it never lags behind the workspace. Changes go through `commit`. */
export function asApp(workspace: Workspace, app: SlackApp): Workspace {
  const state = Object.create(workspace.state, { app: { value: app } });
  return Object.create(workspace, { state: { value: state } });
}
