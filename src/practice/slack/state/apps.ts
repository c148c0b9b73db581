// Finds an app of the workspace by its ids, and the keys of what each app shows in a thread.
import { type OpenView, type SlackApp, type State, threadKey } from './state.ts';

/** Returns the app with this bot id. Undefined for the message of a person. */
export function appOfBot({ apps }: State, botId: string | undefined): SlackApp | undefined {
  return [...apps.values()].find((app) => app.botId === botId);
}

export function appOfUser({ apps }: State, user: string | undefined): SlackApp | undefined {
  return [...apps.values()].find((app) => app.botUserId === user);
}

/** Returns the agent's own app. Undefined if it has none. */
export function appOfAgent({ apps }: State, handle: string): SlackApp | undefined {
  return [...apps.values()].find((app) => app.agent?.toLowerCase() === handle.toLowerCase());
}

/** The field by which a status, a session or an event names its app. The main app's have none. */
export function ofApp({ id, agent }: SlackApp): { app?: string } {
  return agent === undefined ? {} : { app: id };
}

/** Returns the key of an app's status line or session in a thread. Each app has its own. */
export function lineKey({
  channel,
  thread,
  app,
}: {
  channel: string;
  thread: string;
  app?: string | undefined;
}): string {
  return app === undefined ? threadKey(channel, thread) : `${threadKey(channel, thread)}:${app}`;
}

/** Returns the Home tab that the acting app has published for the person. */
export function homeOf({ views, app }: State, user: string): OpenView | undefined {
  return [...views.values()].find(
    (open) => open.user === user && open.view.type === 'home' && open.view.app_id === app.id,
  );
}
