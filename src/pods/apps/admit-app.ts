// admit_app, dismiss_app, list_apps: an owner lets the words of a foreign app in the pod's channel wake agents, so many times
// an hour, or no more. The members read it in the channel.
import { z } from 'zod';
import { closest } from '../../closest.ts';
import { Conflict, NotFound } from '../../errors.ts';
import type { Reader } from '../../log/action.ts';
import type { ParticipantId } from '../../log/participant.ts';
import { action, type Ctx } from '../action.ts';
import { called, namesOfAll } from '../people/directory.ts';
import { requirePod } from '../require.ts';
import { announced } from './announce.ts';
import { APPS, type AppDoc, appId, MOST_WAKES_AN_HOUR, wokeLately } from './app.ts';
import { times } from './kind.ts';

const appInput = z.string().trim().min(1).max(80).describe('Its name or id, as list_apps shows it');

/** More apps do not post in one channel. */
const MOST_APPS = 200;

export const admitApp = action({
  name: 'admit_app',
  title: 'Admit an app',
  description:
    'Lets the messages of another Slack app in this channel wake the agents that they mention, so many times an hour. All members read it in the channel; dismiss_app undoes it.',
  input: z.strictObject({
    app: appInput,
    wakes_an_hour: z.int().min(1).max(MOST_WAKES_AN_HOUR).default(6).describe('How many agents it may wake in an hour'),
  }),
  // Counts as an effect outside: people decide whose words wake agents, so no text from outside may cause it.
  effect: 'outside',
  allow: 'owner',
  load: (read, { app }, ctx) => found(read, app, ctx),
  decide({ by, id, app, name, wakesAnHour: before, told }, { wakes_an_hour: wakesAnHour }, ctx) {
    const pod = requirePod(ctx);
    // The number may be kept after its owner was told that the app wants more.
    const keeps = before === wakesAnHour;
    if (keeps && !told)
      throw new Conflict(`${name} (${app}) may already wake agents ${times(wakesAnHour)} an hour in ${pod.name}.`);
    const said = keeps ? NOTHING : announced(ctx, pod, by, { app, name, before, now: wakesAnHour });
    return {
      changes: [{ v: 1, on: 'apps', id, type: 'app_admitted', app, name, wakesAnHour }, ...said.changes],
      deliveries: said.deliveries,
      result: { app: { id: app, name, wakes_an_hour: wakesAnHour } },
    };
  },
});

export const dismissApp = action({
  name: 'dismiss_app',
  title: 'Dismiss an app',
  description:
    'From now on the messages of another Slack app wake no agent here. They are still read. All members read of it in the channel.',
  input: z.strictObject({ app: appInput }),
  effect: 'outside',
  allow: 'owner',
  load: (read, { app }, ctx) => found(read, app, ctx),
  decide({ by, id, app, name, wakesAnHour }, _input, ctx) {
    const pod = requirePod(ctx, { archived: true });
    if (!wakesAnHour)
      throw new Conflict(`${name} (${app}) wakes no agent in ${pod.name} anyway: nobody has admitted it.`);
    const said = announced(ctx, pod, by, { app, name, before: wakesAnHour, now: undefined });
    return {
      changes: [{ v: 1, on: 'apps', id, type: 'app_dismissed', name }, ...said.changes],
      deliveries: said.deliveries,
      result: { app: { id: app, name, wakes_an_hour: 0 } },
    };
  },
});

export const listApps = action({
  name: 'list_apps',
  title: 'List apps',
  description: 'Lists the other Slack apps that have posted here, and how many agents each may wake in an hour.',
  input: z.strictObject({}),
  effect: 'read',
  load: (read, _input, { pod }) => appsIn(read, pod),
  decide: (apps, _input, ctx) => ({
    changes: [],
    result: {
      apps: apps.map((doc) => ({
        id: doc.app,
        name: doc.name,
        wakes_an_hour: doc.wakesAnHour ?? 0,
        woke_in_the_last_hour: wokeLately(doc, ctx.at).length,
      })),
    },
  }),
});

function appsIn(read: Reader, pod: string): Promise<AppDoc[]> {
  return read.find(APPS, { where: { pod }, sort: [['app', 'asc']], limit: MOST_APPS });
}

type Found = Pick<AppDoc, 'id' | 'app' | 'name' | 'wakesAnHour' | 'told'>;

const NOTHING = { changes: [], deliveries: [] };

/** Returns the app, and the name of whoever decides about it. */
async function found(read: Reader, wanted: string, { pod, actor, onBehalfOf }: Ctx): Promise<Found & { by: string }> {
  const who: ParticipantId = onBehalfOf ?? actor;
  const [app, names] = await Promise.all([appNamed(read, pod, wanted), namesOfAll(read, [who])]);
  return { ...app, by: called(names, who).name };
}

/** @throws NotFound, or Conflict if several apps have this name */
async function appNamed(read: Reader, pod: string, wanted: string): Promise<Found> {
  const byId = await read.get(APPS, appId(pod, wanted));
  if (byId) return byId;
  const all = await appsIn(read, pod);
  const lower = wanted.toLowerCase();
  const here = all.filter(({ app, name }) => app === wanted || name.toLowerCase() === lower);
  const [one, other] = here;
  if (one && other)
    throw new Conflict(
      `Several apps call themselves “${wanted}” here: ${here.map(({ app }) => app).join(', ')}. A name proves nothing: give the id of the right one.`,
    );
  const isId = /^[AB][A-Z0-9]{5,}$/.test(wanted);
  if (one && isId)
    throw new Conflict(
      `${wanted} looks like the id of an app, but another app calls itself that here: ${one.app}. Give its id if you mean that one; the other can be admitted once it has posted.`,
    );
  if (one) return one;
  // An app that has not posted yet can be admitted by its id.
  if (isId) return { id: appId(pod, wanted), app: wanted, name: wanted };
  const meant = closest(
    wanted,
    all.map(({ name }) => name),
  );
  throw new NotFound(
    `No app called “${wanted}” has posted here. ${meant ? `Did you mean ${meant}?` : 'list_apps shows those that have; one that has not yet is named by its id (A…).'}`,
  );
}
