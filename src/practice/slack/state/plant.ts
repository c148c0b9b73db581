// Converts a seed into the first changes of a workspace.

import { newUuid, tsOf } from '../ids.ts';
import type { Change } from './change.ts';
import type { Seed, SeedChannel, SeedMessage } from './seed.ts';
import type { Message } from './state.ts';

/** Returns the changes. `now`: milliseconds since 1970. The seed's messages are from before that time. */
export function plant(given: Seed, now: number): Change[] {
  // The seed is copied, because the workspace changes its objects.
  const seed = structuredClone(given);
  const created = Math.floor(now / 1000) - 30 * 86_400;
  let micros = 0;
  /** Returns a ts for so many minutes ago. Each ts is unique in the workspace. */
  const tsBefore = (minutes: number): string => {
    micros += 1;
    return tsOf((Math.floor(now / 1000) - minutes * 60) * 1_000_000 + micros);
  };
  const by = seed.channels[0]?.members[0] ?? seed.app.botUserId;
  return [
    { kind: 'founded', team: seed.team, app: seed.app },
    ...seed.users.map((user): Change => ({ kind: 'user-made', user })),
    ...seed.channels.map(
      (channel): Change => ({
        kind: 'channel-made',
        by,
        silent: true,
        channel: {
          id: channel.id,
          kind: channel.private ? 'private' : 'public',
          name: channel.name,
          creator: by,
          created,
          topic: '',
          purpose: channel.purpose,
          archived: false,
          members: [...channel.members],
          ...(channel.general ? { general: true } : {}),
        },
      }),
    ),
    ...seed.channels.flatMap((channel) => history(channel, tsBefore)),
  ];
}

function history(channel: SeedChannel, tsBefore: (minutes: number) => string): Change[] {
  const planted = (channel.messages ?? []).flatMap((root) => {
    const first = messageOf(root, tsBefore(root.minutesAgo));
    const replies = (root.replies ?? []).map((reply): Message => {
      const thread = { thread_ts: first.ts, parent_user_id: root.by };
      return { ...messageOf(reply, tsBefore(reply.minutesAgo)), ...thread };
    });
    return [first, ...replies];
  });
  return planted
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .map((message): Change => ({ kind: 'posted', channel: channel.id, message, silent: true }));
}

function messageOf(seed: SeedMessage, ts: string): Message {
  return { type: 'message', user: seed.by, text: seed.text, ts, client_msg_id: newUuid() };
}
