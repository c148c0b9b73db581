// The initial practice workspace: a small bakery at the beginning of a product launch. Data only.
import type { SlackApp, Team, User } from './state.ts';

export interface SeedMessage {
  /** The author's user id. */
  by: string;
  text: string;
  minutesAgo: number;
  replies?: readonly SeedMessage[];
}

export interface SeedChannel {
  id: string;
  name: string;
  private?: true;
  general?: true;
  purpose: string;
  /** The ids of the members, including the bot user if the app is a member. */
  members: readonly string[];
  messages?: readonly SeedMessage[];
}

export interface Seed {
  team: Team;
  app: SlackApp;
  users: readonly User[];
  channels: readonly SeedChannel[];
}

const ADA = 'U0ADALIND1';
const BEN = 'U0BENOKAF1';
const CHIARA = 'U0CHIARAR1';
const DEV = 'U0DEVPATE1';
const SKEIN = 'U0SKEINBT1';

export const seed: Seed = {
  team: { id: 'T0WILDGOOS', name: 'Wild Goose Bakery', domain: 'wild-goose-bakery' },
  app: {
    id: 'A0SKEINAPP',
    name: 'Skein',
    botId: 'B0SKEINBOT',
    botUserId: SKEIN,
    scopes: [
      'app_mentions:read',
      'assistant:write',
      'channels:history',
      'channels:manage',
      'channels:read',
      'chat:write',
      'chat:write.customize',
      'commands',
      'files:read',
      'files:write',
      'groups:history',
      'groups:read',
      'groups:write',
      'im:history',
      'im:read',
      'im:write',
      'mpim:history',
      'mpim:read',
      'reactions:write',
      'users:read',
      'users:read.email',
    ],
    events: [
      'agent_session_stopped',
      'app_home_opened',
      'app_mention',
      'app_uninstalled',
      'channel_archive',
      'channel_left',
      'channel_rename',
      'channel_unarchive',
      'group_archive',
      'group_left',
      'group_rename',
      'group_unarchive',
      'member_joined_channel',
      'member_left_channel',
      'message.channels',
      'message.groups',
      'message.im',
      'message.mpim',
      'tokens_revoked',
      'user_change',
    ],
    commands: ['/skein'],
    shortcuts: [
      { callbackId: 'message.task', name: 'Make a task' },
      { callbackId: 'message.decision', name: 'Record a decision' },
    ],
  },
  users: [
    {
      id: ADA,
      handle: 'ada',
      name: 'Ada Lindqvist',
      email: 'ada@wildgoose.example',
      tz: 'Europe/Stockholm',
      title: 'Founder',
      admin: true,
    },
    {
      id: BEN,
      handle: 'ben',
      name: 'Ben Okafor',
      email: 'ben@wildgoose.example',
      tz: 'Africa/Lagos',
      title: 'Operations',
    },
    {
      id: CHIARA,
      handle: 'chiara',
      name: 'Chiara Rossi',
      email: 'chiara@wildgoose.example',
      tz: 'Europe/Rome',
      title: 'Brand',
    },
    {
      id: DEV,
      handle: 'dev',
      name: 'Dev Patel',
      email: 'dev@wildgoose.example',
      tz: 'Asia/Kolkata',
      title: 'Web shop',
    },
    { id: SKEIN, handle: 'skein', name: 'Skein', tz: 'Etc/UTC', bot: true },
  ],
  channels: [
    {
      id: 'C0GENERAL1',
      name: 'general',
      general: true,
      purpose: 'What everybody should know.',
      members: [ADA, BEN, CHIARA, DEV],
      messages: [
        {
          by: ADA,
          minutesAgo: 2_900,
          text: 'Morning all. The oven engineer comes on Tuesday at 7, so the first bake is an hour later that day.',
        },
        { by: BEN, minutesAgo: 2_880, text: 'Thanks, I have moved the delivery van to 8:30.' },
      ],
    },
    {
      id: 'C0LAUNCH01',
      name: 'launch',
      purpose: 'Launching the rye sourdough subscription.',
      members: [ADA, BEN, CHIARA, DEV, SKEIN],
      messages: [
        {
          by: ADA,
          minutesAgo: 1_500,
          text: 'We launch the *rye sourdough subscription* on the first Monday of December. Let us collect here what has to be done.',
          replies: [
            {
              by: CHIARA,
              minutesAgo: 1_480,
              text: 'I do the announcement and the box design. I need the final price and the delivery days first.',
            },
            {
              by: BEN,
              minutesAgo: 1_450,
              text: 'Delivery days are Tuesday and Friday, inside the ring road only. The van takes 60 boxes a day.',
            },
            {
              by: DEV,
              minutesAgo: 1_440,
              text: 'The shop can take subscriptions from next week. Pausing one is not built yet.',
            },
          ],
        },
        {
          by: CHIARA,
          minutesAgo: 240,
          text: 'Has anyone written down why we said 9.50 a loaf and not 8.90? I want to explain it in the announcement.',
          replies: [
            {
              by: ADA,
              minutesAgo: 200,
              text: 'The flour from the new mill costs 40 % more. I have the numbers in a sheet and will post them.',
            },
          ],
        },
      ],
    },
    {
      id: 'C0SUPPORT1',
      name: 'support',
      purpose: 'What customers ask.',
      members: [BEN, CHIARA, DEV],
      messages: [
        {
          by: DEV,
          minutesAgo: 180,
          text: 'Three customers asked today whether the subscription can be paused over the holidays.',
          replies: [{ by: BEN, minutesAgo: 170, text: 'Tell them yes for now, we do it by hand until it is built.' }],
        },
      ],
    },
  ],
};
