// Parses a person or a bot from `users.info` and `user_change`.
import { z } from 'zod';
import { present } from '../present.ts';
import type { SlackUser } from './inbound.ts';

/** The user id of Slackbot, Slack's own bot. Its user object says `is_bot: false`. */
export const SLACKBOT = 'USLACKBOT';

const id = z.string().min(1);

/** Parses `{ user: … }` to a SlackUser. */
export const userAnswer = z
  .object({
    user: z.object({
      id,
      name: z.string().default(''),
      real_name: z.string().nullish(),
      deleted: z.boolean().default(false),
      is_bot: z.boolean().default(false),
      is_admin: z.boolean().default(false),
      is_owner: z.boolean().default(false),
      is_restricted: z.boolean().default(false),
      team_id: z.string().nullish(),
      is_stranger: z.boolean().default(false),
      is_email_confirmed: z.boolean().default(false),
      // Present in an Enterprise organisation. Lists all workspaces of the person.
      enterprise_user: z
        .object({ enterprise_id: z.string().nullish(), teams: z.array(z.string()).default([]) })
        .nullish(),
      tz: z.string().nullish(),
      profile: z
        .object({
          real_name: z.string().nullish(),
          display_name: z.string().nullish(),
          email: z.string().nullish(),
          title: z.string().nullish(),
        })
        .default({}),
    }),
  })
  .transform(({ user }): SlackUser => {
    const { profile } = user;
    return {
      id: user.id,
      name: user.name || user.id,
      realName: profile.real_name || user.real_name || profile.display_name || user.name || user.id,
      isBot: user.is_bot || user.id === SLACKBOT,
      deleted: user.deleted,
      admin: user.is_admin || user.is_owner,
      guest: user.is_restricted,
      stranger: user.is_stranger,
      teams: [user.team_id, user.enterprise_user?.enterprise_id, ...(user.enterprise_user?.teams ?? [])].filter(
        (team) => typeof team === 'string',
      ),
      ...present({
        displayName: profile.display_name || undefined,
        email: user.is_email_confirmed ? profile.email || undefined : undefined,
        title: profile.title?.slice(0, 200).toWellFormed() || undefined,
        timeZone: user.tz || undefined,
      }),
    };
  });
