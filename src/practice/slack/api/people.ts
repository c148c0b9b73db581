// The methods auth.*, api.*, team.*, users.*, bots.* and apps.connections.open.
import { given, type Json } from '../given.ts';
import { presentUser } from '../present.ts';
import { appOfBot } from '../state/apps.ts';
import { userOf } from './access.ts';
import { countOf, has, optionalText, textOf } from './arguments.ts';
import { type Call, type MethodTable, refuse } from './method.ts';
import { pageOf } from './page.ts';

export const peopleMethods: MethodTable = {
  'api.test': { token: 'none', tier: 4, errors: [], run: apiTest },
  'auth.test': { tier: 'special', errors: [], run: authTest },
  'apps.connections.open': {
    token: 'app',
    tier: 3,
    errors: [],
    run: ({ sockets, workspace }) => ({ url: sockets.ticketUrl(workspace.state.app) }),
  },
  'team.info': { tier: 3, scopes: ['team:read'], errors: ['team_not_found'], run: teamInfo },
  'users.list': { tier: 2, scopes: ['users:read'], errors: ['invalid_cursor'], run: listUsers },
  'users.info': { tier: 4, scopes: ['users:read'], required: ['user'], errors: ['user_not_found'], run: userInfo },
  'users.lookupByEmail': {
    tier: 3,
    scopes: ['users:read.email'],
    required: ['email'],
    errors: ['users_not_found'],
    run: lookupByEmail,
  },
  'users.profile.get': {
    tier: 4,
    scopes: ['users.profile:read', 'users:read'],
    errors: ['user_not_found'],
    run: userProfile,
  },
  'bots.info': { tier: 3, scopes: ['users:read'], errors: ['bot_not_found'], run: botInfo },
};

function apiTest({ args }: Call): Json {
  const { token: _, ...rest } = args;
  return has(args, 'error') ? refuse(textOf(args, 'error'), [], { args: rest }) : { args: rest };
}

function authTest({ workspace }: Call): Json {
  const { team, app } = workspace.state;
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    team_id: team.id,
    user: workspace.state.users.get(app.botUserId)?.handle ?? app.name,
    user_id: app.botUserId,
    bot_id: app.botId,
    app_id: app.id,
    app_name: app.name,
    is_enterprise_install: false,
  };
}

function teamInfo({ workspace, args }: Call): Json {
  const { team } = workspace.state;
  if (has(args, 'team') && args.team !== team.id) refuse('team_not_found');
  return { team: { ...team, email_domain: '', icon: { image_default: true } } };
}

/** Returns a user. The mail address is included only with the scope users:read.email. */
function shownUser({ workspace }: Call, id: string): Json {
  const user = presentUser(workspace, userOf(workspace, id));
  if (workspace.state.app.scopes.includes('users:read.email')) return user;
  const { email: _, ...profile } = user.profile as Json;
  return { ...user, profile };
}

function listUsers(call: Call): Json {
  const ids = [...call.workspace.state.users.keys()];
  const { items, response_metadata } = pageOf(
    ids,
    call.args,
    countOf(call.args, 'limit', 1_000, 1_000, 'invalid_arguments'),
  );
  const cached = Math.floor(call.workspace.clock() / 1000);
  return { members: items.map((id) => shownUser(call, id)), cache_ts: cached, response_metadata };
}

function userInfo(call: Call): Json {
  return { user: shownUser(call, textOf(call.args, 'user')) };
}

function lookupByEmail(call: Call): Json {
  const email = textOf(call.args, 'email').toLowerCase();
  const found = [...call.workspace.state.users.values()].find((user) => user.email?.toLowerCase() === email);
  return { user: shownUser(call, found?.id ?? refuse('users_not_found')) };
}

function userProfile(call: Call): Json {
  const id = optionalText(call.args, 'user') ?? call.workspace.state.app.botUserId;
  return given({ profile: shownUser(call, id).profile });
}

function botInfo({ workspace: { state }, args }: Call): Json {
  const app = has(args, 'bot') ? (appOfBot(state, textOf(args, 'bot')) ?? refuse('bot_not_found')) : state.app;
  return {
    bot: {
      id: app.botId,
      app_id: app.id,
      user_id: app.botUserId,
      name: app.name,
      deleted: false,
      updated: 0,
      icons: {},
    },
  };
}
