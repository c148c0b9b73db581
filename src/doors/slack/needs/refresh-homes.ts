// Publishes an open Home tab anew when something of its person, or something that they wait for, has changed elsewhere, so
// that no old button stays. Whether it may have changed costs five queries for all open tabs, and none while no tab is open.
import { idOf } from '../../../log/ids.ts';
import { logFailure } from '../../../logger.ts';
import { NEEDS, type NeedDoc } from '../../../pods/needs/need.ts';
import { givenBy } from '../../../pods/needs/waiting/list-awaited.ts';
import { PEOPLE } from '../../../pods/people/person.ts';
import { ownLog } from '../../../pods/telling/hearing.ts';
import type { SlackContext } from '../context.ts';
import { homeBlocks, shownBy } from '../home.ts';
import type { OpenHome } from './open-homes.ts';

/** More items than people have open. */
const MOST_ITEMS = 2_000;

export async function refreshHomes(slack: SlackContext): Promise<void> {
  const homes = slack.homes.current();
  if (!homes.length) return;
  const who = [...homes.map(({ person }) => person), 'owners' as const];
  const [items, given] = await Promise.all([
    slack.read.find(NEEDS, { where: { who: { in: who }, state: 'open' }, limit: MOST_ITEMS }),
    givenBy(
      slack.read,
      homes.map(({ person }) => person),
    ),
  ]);
  for (const home of homes)
    await refresh(slack, home, { items, given }).catch((error: unknown) =>
      logFailure(slack.logger, 'warn', 'Home tab not refreshed', error, { person: home.person }),
    );
}

interface Facts {
  items: readonly NeedDoc[];
  given: Awaited<ReturnType<typeof givenBy>>;
}

async function refresh(slack: SlackContext, home: OpenHome, facts: Facts): Promise<void> {
  const depends = await dependsOn(slack, home, facts);
  if (depends === home.depends) return;
  const person = await slack.read.get(PEOPLE, home.person);
  if (!person) return;
  const blocks = await homeBlocks(slack, person);
  const shown = shownBy(blocks);
  if (shown === home.shown) return slack.homes.looked(home.user, { depends });
  await slack.sender.publishHome({ user: home.user, view: { type: 'home', blocks } });
  slack.homes.looked(home.user, { depends, shown });
}

/**
 * Returns what the tab depends on: the person's open items, how far their pods are, what they put off, and what they wait
 * for.
 */
async function dependsOn({ read }: SlackContext, { person }: OpenHome, { items, given }: Facts): Promise<string> {
  const theirs = items.filter(({ who }) => who === person || who === 'owners');
  const logs = [ownLog(person), ...new Set(theirs.map(({ pod }) => pod))];
  const heads = await Promise.all(logs.map(async (log) => `${log}:${await read.head(log)}`));
  const awaited = [
    ...given.questions.filter(({ by }) => by === person),
    ...given.tasks.filter(({ createdBy, givenBy: giver, gave = [] }) => [createdBy, giver, ...gave].includes(person)),
  ];
  return idOf(
    'home',
    ...heads,
    ...theirs.map(({ id, round }) => `${id}:${round}`),
    ...awaited.map(({ id, seq }) => `${id}:${seq}`),
  );
}

/** How often open tabs are looked at, in milliseconds. */
export const LOOK_MS = 2_000;
