// A foreign app that posts in a pod's channel. Its words wake nobody, unless an owner has admitted it, with a number of
// wakes an hour.
import { idOf } from '../../log/ids.ts';
import type { NeededOf } from '../../log/needs/need.ts';
import { isPerson } from '../../log/participant.ts';
import { type Meta, type Own, ref, type ViewDoc } from '../../log/view.ts';

export interface AppDoc extends ViewDoc {
  /** Slack's id of the app. A name proves nothing, because an app may post under any. */
  app: string;
  /** The name under which it posted last. */
  name: string;
  /** When it was heard first or admitted, in milliseconds since 1970. */
  since: number;
  /** How many agents it may wake in an hour. Absent: none. */
  wakesAnHour?: number;
  /** The person who admitted it last. They hear when it wants more wakes than it has. Absent in old data: the owners. */
  by?: NeededOf;
  /** The people who were told that it wants more. They are told once, until the number changes. */
  told?: NeededOf;
  /** When it woke agents within the last hour, in milliseconds since 1970; once for each agent. */
  woke: number[];
}

export const APPS = ref<AppDoc>('apps');

export type AppChange = { v: 1; on: 'apps'; id: string } & (
  | { type: 'app_heard'; app: string; name: string }
  | { type: 'app_admitted'; app: string; name: string; wakesAnHour: number }
  | { type: 'app_dismissed'; name: string }
  /** `agents`: how many it woke. */
  | { type: 'app_woke'; agents: number }
  /** A message of it woke fewer agents than it mentions, because its wakes of this hour are used up. */
  | { type: 'app_over'; who: NeededOf; message: string; conversation: string }
);

/** The most wakes an hour that an app may be given. A loop between it and an agent then stays cheap. */
export const MOST_WAKES_AN_HOUR = 60;

const HOUR_MS = 3_600_000;

export function appId(pod: string, app: string): string {
  return idOf('fa', pod, app);
}

/** Returns how many agents the app may wake at this time. */
export function wakesLeft(doc: AppDoc | undefined, now: number): number {
  if (!doc?.wakesAnHour) return 0;
  return Math.max(0, doc.wakesAnHour - wokeLately(doc, now).length);
}

/** Returns when it woke agents within the hour before this time. */
export function wokeLately({ woke }: Pick<AppDoc, 'woke'>, now: number): number[] {
  return woke.filter((at) => at > now - HOUR_MS);
}

export function evolveApp(doc: AppDoc | undefined, change: AppChange, { at, actor }: Meta): Own<AppDoc> | undefined {
  switch (change.type) {
    case 'app_heard': {
      const { app, name } = change;
      return doc ? { ...doc, name } : { app, name, since: at, woke: [] };
    }
    case 'app_admitted': {
      const { app, name, wakesAnHour } = change;
      const { told, ...rest } = doc ?? { app, since: at, woke: [] };
      // A number that is kept is enough, so nobody is told again.
      const stays = told && doc?.wakesAnHour === wakesAnHour ? { told } : {};
      return { ...rest, name, wakesAnHour, by: isPerson(actor) ? actor : 'owners', ...stays };
    }
    case 'app_dismissed': {
      if (!doc) return undefined;
      const { wakesAnHour: _none, by: _by, told: _told, ...rest } = doc;
      return rest;
    }
    case 'app_woke':
      return doc && { ...doc, woke: [...wokeLately(doc, at), ...Array.from({ length: change.agents }, () => at)] };
    case 'app_over':
      return doc && { ...doc, told: change.who };
    default:
      change satisfies never;
      return doc;
  }
}
