// Gathers the facts of a digest from the current logs and views of the person's pods.

import type { DeliveryOf } from '../pods/deliveries.ts';
import { levelOf } from '../pods/involvement/level.ts';
import { localDay } from '../pods/local-time.ts';
import { LOST, type NeedDoc } from '../pods/needs/need.ts';
import { waitingFor } from '../pods/needs/waiting/waiting.ts';
import type { PersonDoc } from '../pods/people/person.ts';
import type { PodDoc } from '../pods/pod/pod.ts';
import { sharedPodsOf } from '../pods/subscriptions/range.ts';
import { SUBSCRIPTIONS } from '../pods/subscriptions/subscription.ts';
import { scheduleOf } from '../pods/subscriptions/times.ts';
import { TASKS } from '../pods/tasks/task.ts';
import type { GatherDeps } from './deps.ts';
import { type Fact, type Facts, type Links, NO_LINKS, type PodLink } from './facts.ts';
import { newsOf, type Range } from './gather-news.ts';
import { otherItems, untoldItems } from './gather-untold.ts';
import { waitingMails, waitingMentions, waitingTasks } from './gather-waiting.ts';
import { quiet } from './quiet.ts';

export type DigestDelivery = DeliveryOf<'digest'>;

/**
 * `told`: the items of which the digest tells the person for the first time, the most urgent first.
 * Leaves out pods that the person has left since the delivery was made: membership at the time of sending counts.
 */
export async function gather(
  given: GatherDeps,
  person: PersonDoc,
  delivery: Pick<DigestDelivery, 'person' | 'from' | 'to'>,
  now: number,
  told: readonly string[] = [],
): Promise<Facts> {
  const slack = person.accounts.some((account) => account.startsWith('slack:'));
  const deps = { ...given, links: slack ? given.links : NO_LINKS };
  const { read, links } = deps;
  const { from, to } = delivery;
  const subscription = await read.get(SUBSCRIPTIONS, delivery.person);
  const { timeZone } = scheduleOf(person, subscription);
  const today = localDay(timeZone, now);
  const pods = await sharedPodsOf(read, delivery.person);
  const podLinks = new Map(pods.map((pod) => [pod.id, podLinkOf(pod, links)]));
  const awake = new Map(pods.filter((pod) => pod.state === 'active').map((pod) => [pod.id, pod]));
  const untold = await untoldItems(deps, told);
  const ranges: Range[] = pods
    .filter(({ involved }) => levelOf(involved, delivery.person)?.level !== 'none')
    .flatMap(({ id }) => (to[id] === undefined ? [] : [{ pod: id, from: from[id] ?? 0, to: to[id] }]));
  const [tasks, mentions, quarantined, news, waiting] = await Promise.all([
    waitingTasks(deps, delivery.person, awake, today, untold),
    waitingMentions(deps, delivery.person, awake, now, untold),
    waitingMails(deps, delivery.person, podLinks.keys()),
    newsOf(deps, delivery.person, ranges, deps.withWords ?? false, untold),
    waitingFor(read, delivery.person, { now }),
  ]);
  const rest = waiting.all.flatMap(({ item, for: absent }) => (item && (absent || isOther(item)) ? [item] : []));
  // How a question ended is no step of a task, which the news of its pod would tell.
  const isInNews = ({ pod, reason, round }: NeedDoc) =>
    reason === 'step' && ranges.some((one) => one.pod === pod && one.from < round && round <= one.to);
  // A task of which its person has to say how it goes on is told by that alone.
  const stuck = new Set(
    waiting.all.flatMap(({ item }) => (item?.about.on === LOST && item.who === delivery.person ? [item.about.id] : [])),
  );
  const own = tasks.filter(({ id }) => !stuck.has(id));
  const twice = [...untold.values()].flatMap(({ about }, n) =>
    about.on === TASKS.name && stuck.has(about.id) ? [{ untold: n }] : [],
  );
  const items = await otherItems(deps, untold, { listed: [...own, ...mentions, ...twice], isInNews }, rest);
  const withPodLink = <T extends { podId: string }>({ podId, ...rest }: T) => ({
    ...rest,
    pod: podLinks.get(podId) ?? { name: '' },
  });
  const itemOf = (matches: (item: NeedDoc) => boolean) => {
    const found = waiting.all.find(({ item }) => item && matches(item))?.item;
    return found ? { item: { need: found.id, pod: found.pod } } : {};
  };
  const listed = new Set(tasks.map(({ id }) => id));
  // The list of what waits says already that the reader has it.
  const isListed = ({ gives, about = [] }: Fact) => gives === true && about.every((id) => listed.has(id));
  const yours = news.flatMap(({ podId, facts }) =>
    facts.filter((fact) => fact.yours && !isListed(fact)).map((fact) => withPodLink({ podId, ...fact })),
  );
  const others = news.map(({ facts, ...pod }) => ({ ...pod, facts: facts.filter((fact) => !fact.yours) }));
  return {
    person: { name: person.name, timeZone, ...(slack ? { slack } : {}) },
    podIds: [...new Set([...pods.map((pod) => pod.id), ...[...untold.values(), ...rest].map(({ pod }) => pod)])],
    today,
    tasks: own.map((task) => ({ ...withPodLink(task), ...itemOf(({ about }) => about.id === task.id) })),
    mentions: mentions.map((one) => ({ ...withPodLink(one), ...itemOf(({ message }) => message === one.id) })),
    quarantined: quarantined.map(withPodLink),
    ...(items.length ? { items } : {}),
    ...(yours.length ? { yours: yours.sort((a, b) => a.rank - b.rank) } : {}),
    pods: others
      .filter(({ facts, talk }) => facts.length > 0 || talk.messages > 0)
      .map(withPodLink)
      .sort((a, b) => importance(a) - importance(b) || a.pod.name.localeCompare(b.pod.name)),
  };
}

/** Neither a task nor a mention, which have lists of their own. */
function isOther({ about, reason }: NeedDoc): boolean {
  return about.on !== 'tasks' && reason !== 'named';
}

function podLinkOf(pod: PodDoc, links: Links): PodLink {
  const url = links.pod(pod);
  return { name: quiet(pod.name, 80), ...(url ? { url } : {}) };
}

const importance = ({ facts }: { facts: readonly { rank: number }[] }) => facts[0]?.rank ?? Number.POSITIVE_INFINITY;
