// Adds to a decision what its changes need of people: the open items, and the deliveries by which people hear of them.
import type { Reader } from '../../log/action.ts';
import type { Need, Needed, NeededOf } from '../../log/needs/need.ts';
import { isAgent, isPerson } from '../../log/participant.ts';
import type { Ctx, Decision } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { KINDS } from '../kinds.ts';
import { MEMBERS, mayDecide, memberId } from '../members/member.ts';
import { ownersIn } from '../members/members-of.ts';
import { askersOf } from '../members/rights.ts';
import { standsInFor } from '../preferences/deputy.ts';
import type { PreferenceDoc } from '../preferences/preference.ts';
import { HEARINGS, hearingId, ownLog } from '../telling/hearing.ts';
import { awayAmong, awayWords } from './away-words.ts';
import { DECIDES, NEEDS, type NeedChange, type NeedDoc, needId } from './need.ts';

/** The reasons for which a reply or their own work is wanted, or of which the person asked to be told. Whoever the actor works for is told too. */
const ASKS: readonly Need['reason'][] = [
  ...([
    'named',
    'asked',
    'answered',
    'unwoken',
    'stopped',
    'step',
    'review',
    'sent_back',
    'approved',
    'rounds',
    'unblocked',
  ] as const),
];

/** Returns the person for whom an agent acts, if it is somebody else than the person of the need. */
function behalfOf({ who }: Need, { actor, onBehalfOf }: Ctx): Pick<Need, 'behalf'> {
  return isAgent(actor) && isPerson(onBehalfOf) && onBehalfOf !== who ? { behalf: onBehalfOf } : {};
}

type Asking = Extract<Needed, { open: Need }>;

export async function withNeeds<R>(read: Reader, decision: Decision<R>, ctx: Ctx): Promise<Decision<R>> {
  const needed: Needed[] = [];
  for (const change of decision.changes) {
    const kind = KINDS.get(change.on);
    if (!kind?.needs) continue;
    const before = ctx.isNew(change.id) ? undefined : await read.get(kind.ref, change.id);
    needed.push(...kind.needs(change, before, ctx.actor, ctx.podDoc ?? {}));
  }
  const changes = new Map<string, NeedChange>();
  for (const each of needed) {
    const change = await changeFor(read, each, ctx);
    // Parts that are opened again with their whole have its steps: what is raised by one stands. So does a name that a deputy calls,
    // whose word settles what the person was called for before.
    const yields = 'settle' in each && (each.settle.steps !== undefined || each.settle.deputy !== undefined);
    const raised = yields && changes.has(change?.id ?? '');
    if (change && !raised) changes.set(change.id, change);
  }
  // Most messages settle nothing: only a read of the item that they might settle is left.
  if (!changes.size && !needed.some((each) => 'moved' in each)) return decision;
  const all = [...changes.values()];
  const absent = await awayAmong(read, all, ctx.at);
  const wanted = all.map((change) => notLive(change, absent));
  const away = await awayWords(read, absent);
  const amended = (await Promise.all(needed.map((each) => amends(read, each, wanted, ctx)))).flat();
  return {
    ...decision,
    ...(away.length ? { result: { ...decision.result, away } } : {}),
    changes: [...decision.changes, ...wanted],
    deliveries: [
      ...(decision.deliveries ?? []),
      ...wanted.flatMap((change, n) => heard(change, ctx, n)),
      ...new Map(amended.map((one) => [JSON.stringify(one), one])).values(),
    ],
  };
}

/** A message does not tell somebody who is away: their deputy hears of the item, and they do when they are back. */
function notLive(change: NeedChange, absent: readonly PreferenceDoc[]): NeedChange {
  if (change.type !== 'need_opened' || !change.live || !absent.some(({ person }) => person === change.who))
    return change;
  const { live: _live, ...rest } = change;
  return rest;
}

async function changeFor(read: Reader, needed: Needed, ctx: Ctx): Promise<NeedChange | undefined> {
  if ('moved' in needed) return undefined;
  if ('open' in needed) {
    const open = needed.comes ? needed.open : await ofThoseHere(read, needed.open, ctx);
    const id = needId(ctx.pod, open.who, open.about);
    if (ctx.isNew(open.about.id)) ctx.alsoNew(id);
    return concerns({ ...needed, open }, ctx)
      ? { v: 1, on: 'needs', id, type: 'need_opened', ...open, ...behalfOf(open, ctx) }
      : undefined;
  }
  if ('back' in needed) return backAgain(await read.get(NEEDS, needId(ctx.pod, needed.back.who, needed.back.about)));
  const id = needId(ctx.pod, needed.settle.who, needed.settle.about);
  const item = await read.get(NEEDS, id);
  const { message, deputy, who, steps, news } = needed.settle;
  const isNews = item?.state === 'news' && (!steps || (item.step !== undefined && steps.includes(item.step)));
  const stands = steps || news ? isNews : item?.state === 'open';
  if (!stands || (message && item?.message !== message)) return undefined;
  if (deputy && isPerson(who) && !(await standsInFor(read, who, deputy, ctx.at))) return undefined;
  const withdrawn = needed.withdrawn ? { withdrawn: true as const } : {};
  return { v: 1, on: 'needs', id, type: 'need_settled', ...withdrawn };
}

/** Returns the change by which an item that is over is open again as it was. Its person is told no second time. */
function backAgain(item: NeedDoc | undefined): NeedChange | undefined {
  if (!item || item.state === 'open' || item.state === 'news') return undefined;
  const { id, who, reason, about, conversation, message, left, behalf, note, due, by: asker } = item;
  return {
    ...{ v: 1, on: 'needs', id, type: 'need_opened', who, reason, about, asker, live: true },
    ...(conversation ? { conversation } : {}),
    ...(message ? { message } : {}),
    ...(left ? { left } : {}),
    ...(behalf ? { behalf } : {}),
    ...(note ? { note } : {}),
    ...(due ? { due } : {}),
  };
}

/** The owners decide if the person who would have to has left the pod, or is a guest now. */
async function ofThoseHere(read: Reader, need: Need, { pod }: Ctx): Promise<Need> {
  const { who, reason } = need;
  if (!DECIDES.includes(reason) || !isPerson(who)) return need;
  const member = await read.get(MEMBERS, memberId(pod, who));
  return mayDecide(member) ? need : { ...need, who: 'owners', left: who };
}

/**
 * True if the need is raised for this person. A person is not told of their own act, nor of an act done for them,
 * unless it asks for their reply.
 */
function concerns({ open: { who, reason, again }, notForAsker }: Asking, ctx: Ctx): boolean {
  if (!isPerson(who) || reason === 'conflict' || reason === 'stuck' || again) return true;
  return who !== ctx.actor && ((ASKS.includes(reason) && !notForAsker) || !askersOf(ctx).includes(who));
}

/**
 * Returns the deliveries that update the notices in Slack about an item that was settled or has changed: the person's,
 * and those of their deputy. Empty if there are none.
 */
async function amends(
  read: Reader,
  needed: Needed,
  changes: readonly NeedChange[],
  { pod }: Ctx,
): Promise<DeliveryWish[]> {
  if ('open' in needed) return [];
  const { who, about } = 'moved' in needed ? needed.moved : 'back' in needed ? needed.back : needed.settle;
  const need = needId(pod, who, about);
  const becomes = 'back' in needed ? 'need_opened' : 'need_settled';
  const settled = changes.some(({ id, type }) => id === need && type === becomes);
  if (who === 'owners' && (settled || 'moved' in needed))
    return (await ownersIn(read, pod)).map((person) => ({ kind: 'amend', person, need }));
  if (!isPerson(who) || !('moved' in needed || settled)) return [];
  const told = await read.get(HEARINGS, hearingId(who, need));
  return told
    ? [...(told.notices ? [who] : []), ...(told.passedTo ? [told.passedTo] : [])].map((person) => ({
        kind: 'amend',
        person,
        need,
      }))
    : [];
}

function heard(change: NeedChange, { pod, id }: Ctx, n: number): DeliveryWish[] {
  if (change.type !== 'need_opened' || change.live) return [];
  return [hearing(change.who, { pod, need: change.id }, id('h', n))];
}

/** Returns the delivery by which a person, or each owner of the pod, hears of an open item. */
export function hearing(who: NeededOf, { pod, need }: { pod: string; need: string }, key: string): DeliveryWish {
  return who === 'owners'
    ? { kind: 'act', in: pod, action: 'hear_owners', input: { need }, actor: 'skein', key }
    : { kind: 'act', in: ownLog(who), action: 'hear', input: { pod, need }, actor: 'skein', key };
}
