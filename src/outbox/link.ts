// Makes links to Slack from place keys. Pure.
import type { Links } from '../digest/facts.ts';

export interface Workspace {
  teamId: string;
  /** The workspace's URL, as `https://wild-goose.slack.com/`. If absent, links lead only to the channel. */
  teamUrl?: string;
}

/** Returns functions that make links to places in this workspace. They return undefined for other places. */
export function slackLinks({ teamId, teamUrl }: Workspace): Links {
  const link = (key: string, thread?: string): string | undefined => {
    const [, team, channel = '', ts] = /^slack:([^:]+):([^:]+)(?::([^:]+))?$/.exec(key) ?? [];
    if (team !== teamId) return undefined;
    if (!teamUrl) return `https://app.slack.com/client/${teamId}/${channel}`;
    const base = `${teamUrl.replace(/\/*$/, '')}/archives/${channel}`;
    if (!ts) return base;
    const reply = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel}` : '';
    return `${base}/p${ts.replace('.', '')}${reply}`;
  };
  return {
    pod: ({ placeKey }) => link(placeKey),
    conversation: ({ placeKey }) => link(placeKey),
    message({ places }, conversation) {
      const thread = /^slack:[^:]+:[^:]+:(.+)$/.exec(conversation?.placeKey ?? '')?.[1];
      const found = places.map((place) => link(place, thread)).find((url) => url !== undefined);
      return found ?? (conversation && link(conversation.placeKey));
    },
  };
}
