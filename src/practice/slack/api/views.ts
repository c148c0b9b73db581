// The methods views.*, for modals and the App Home.
import { isObject } from '../blocks/rules.ts';
import { checkView, withIds } from '../blocks/validate.ts';
import type { Json } from '../given.ts';
import { newId, newSecret } from '../ids.ts';
import { homeOf, ofApp } from '../state/apps.ts';
import type { OpenView } from '../state/state.ts';
import type { Workspace } from '../state/workspace.ts';
import { jsonOf, optionalText, textOf } from './arguments.ts';
import { type Call, type MethodTable, refuse } from './method.ts';

const MOST_STACKED = 3;
const MOST_BYTES = 250_000;
const triggerErrors = [
  'duplicate_external_id',
  'exchanged_trigger_id',
  'expired_trigger_id',
  'invalid_trigger_id',
  'view_too_large',
];

export const viewMethods: MethodTable = {
  'views.open': {
    tier: 4,
    required: ['view'],
    oneOf: [['trigger_id', 'interactivity_pointer']],
    errors: triggerErrors,
    run: open,
  },
  'views.push': {
    tier: 4,
    required: ['view'],
    oneOf: [['trigger_id', 'interactivity_pointer']],
    errors: [...triggerErrors, 'not_found', 'push_limit_reached'],
    run: push,
  },
  'views.update': {
    tier: 4,
    required: ['view'],
    oneOf: [['view_id', 'external_id']],
    errors: ['duplicate_external_id', 'hash_conflict', 'not_found', 'view_too_large'],
    run: update,
  },
  'views.publish': {
    tier: 4,
    required: ['user_id', 'view'],
    errors: ['duplicate_external_id', 'hash_conflict', 'missing_profile_id', 'view_too_large'],
    run: publish,
  },
};

function open(call: Call): Json {
  const { workspace } = call;
  const view = viewOf(call, 'modal');
  const { user } = redeem(call);
  return { view: openView(workspace, user, view) };
}

function push(call: Call): Json {
  const { workspace } = call;
  const view = viewOf(call, 'modal');
  const trigger = redeem(call);
  const below = trigger.view === undefined ? undefined : workspace.state.views.get(trigger.view);
  if (below === undefined) return refuse('not_found');
  return { view: pushView(workspace, below, view) };
}

function update(call: Call): Json {
  const { workspace, args } = call;
  const external = optionalText(args, 'external_id');
  const all = [...workspace.state.views.values()];
  const found = all.find(({ view }) =>
    external === undefined ? view.id === args.view_id : view.external_id === external,
  );
  if (found === undefined) return refuse('not_found');
  checkHash(found, args);
  return { view: updateView(workspace, found, viewOf(call, String(found.view.type))) };
}

function publish(call: Call): Json {
  const { workspace, args } = call;
  const view = viewOf(call, 'home');
  const user = workspace.state.users.get(textOf(args, 'user_id'));
  if (user === undefined || user.bot) return refuse('missing_profile_id');
  const home = homeOf(workspace.state, user.id);
  if (home === undefined) return { view: openView(workspace, user.id, view) };
  checkHash(home, args);
  return { view: updateView(workspace, home, view) };
}

/** Opens the first view of a stack: a modal, or a person's App Home. */
export function openView(workspace: Workspace, user: string, view: Json): Json {
  const id = newId('V');
  return put(workspace, user, view, { id, root_view_id: id, previous_view_id: null });
}

export function pushView(workspace: Workspace, below: OpenView, view: Json): Json {
  const stack = [...workspace.state.views.values()].filter(
    (open) => open.view.root_view_id === below.view.root_view_id,
  );
  if (stack.length >= MOST_STACKED) refuse('push_limit_reached');
  const ids = { id: newId('V'), root_view_id: below.view.root_view_id, previous_view_id: below.view.id };
  return put(workspace, below.user, view, ids);
}

export function updateView(workspace: Workspace, { user, view: before }: OpenView, view: Json): Json {
  const ids = { id: before.id, root_view_id: before.root_view_id, previous_view_id: before.previous_view_id ?? null };
  return put(workspace, user, view, ids);
}

function put(
  workspace: Workspace,
  user: string,
  given: Json,
  ids: { id: string; root_view_id: string; previous_view_id: unknown },
): Json {
  const { team, app } = workspace.state;
  const { title, submit, close } = given;
  const own = {
    team_id: team.id,
    type: String(given.type),
    blocks: withIds(given.blocks as Json[]),
    private_metadata: given.private_metadata ?? '',
    callback_id: given.callback_id ?? '',
    external_id: given.external_id ?? '',
    title: title ?? null,
    submit: submit ?? null,
    close: close ?? null,
    clear_on_close: given.clear_on_close ?? false,
    notify_on_close: given.notify_on_close ?? false,
    state: { values: {} },
    hash: `${Math.floor(workspace.clock() / 1000)}.${newSecret().slice(0, 8)}`,
    app_id: app.id,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
  const view = { ...own, ...ids };
  const external = view.external_id;
  const twin = [...workspace.state.views.values()].some(
    (open) => external !== '' && open.view.external_id === external && open.view.id !== view.id,
  );
  if (twin) refuse('duplicate_external_id');
  workspace.commit([{ kind: 'view-set', open: { user, view } }]);
  return view;
}

/** Returns the valid view of a call. Throws if it has another type. */
function viewOf({ args }: Call, type: string): Json {
  return soundView(jsonOf(args, 'view', 'invalid_arguments'), type);
}

export function soundView(view: unknown, type: string): Json {
  const faults = checkView(view);
  if (!isObject(view) || faults.length > 0) return refuse('invalid_arguments', faults);
  if (view.type !== type) refuse('invalid_arguments', [`[ERROR] must be of type ${type} [json-pointer:/view/type]`]);
  return Buffer.byteLength(JSON.stringify(view)) > MOST_BYTES ? refuse('view_too_large') : view;
}

/** A trigger belongs to the app that was told of the interaction. */
function redeem({ workspace, triggers, args }: Call) {
  const id = textOf(args, 'trigger_id') || textOf(args, 'interactivity_pointer');
  const redeemed = triggers.redeem(id, ofApp(workspace.state.app).app);
  return redeemed.kind === 'good' ? redeemed.trigger : refuse(redeemed.error);
}

function checkHash({ view }: OpenView, args: Json): void {
  const hash = optionalText(args, 'hash');
  if (hash !== undefined && hash !== view.hash) refuse('hash_conflict');
}
