// Delivers a digest: gathers its facts from the current logs, makes its text once, and sends it in Slack or by mail.

import { isWorthSending, type Links, NO_LINKS } from '../../digest/facts.ts';
import { type DigestDelivery, gather } from '../../digest/gather.ts';
import type { Wording } from '../../digest/model-wording.ts';
import { Conflict, InvalidInput } from '../../errors.ts';
import type { Act } from '../../log/act.ts';
import type { Reader } from '../../log/action.ts';
import { isPerson, type PersonId } from '../../log/participant.ts';
import { NEEDS, type NeedDoc } from '../../pods/needs/need.ts';
import { PEOPLE } from '../../pods/people/person.ts';
import { zoneOf } from '../../pods/preferences/zone-of.ts';
import { reachOf } from '../../pods/subscriptions/closing.ts';
import { SUBSCRIPTIONS } from '../../pods/subscriptions/subscription.ts';
import { DEFAULT_TIME } from '../../pods/subscriptions/times.ts';
import { HEARINGS, hearingId, ownLog } from '../../pods/telling/hearing.ts';
import { NOTICES, noticeId } from '../../pods/telling/notices/notice.ts';
import { repeated } from '../../pods/telling/notices/sent-digest.ts';
import { stillOpen } from '../../pods/telling/still-open.ts';
import type { Collection } from '../../store/port.ts';
import type { Texts } from '../../texts/texts.ts';
import { type DeliveryKind, MAIL_OUT, SLACK_APP } from '../kind.ts';
import { digestToMail } from '../mail/digest-mail.ts';
import { noticeWords } from '../notices/notice-words.ts';
import type { Parts } from '../parts.ts';
import { digestToSlack, type SlackDigestDeps } from '../slack/digest/send.ts';
import type { SendingDoc } from '../slack/send-once.ts';
import { type Worded, type WordingDoc, wordedOnce } from '../wordings.ts';

export interface DigestDeps {
  act: Act;
  read: Reader;
  texts: Texts;
  clock(): number;
  wordings: Collection<WordingDoc>;
  links: Links;
  /** Writes the text with a model. Absent: the plain wording is used. */
  word?: Wording;
  slack(worded: Worded): Promise<void>;
  /** Sends the digest by mail. Absent if mail is not configured. */
  mail?(worded: Worded): Promise<void>;
  /** True if an attempt to send the digest by mail was begun, so that the mail may have arrived. */
  begun?(id: string): Promise<boolean>;
}

export const digest: DeliveryKind<'digest'> = {
  lane: ({ person }) => `digest:${person}`,
  resource: ({ through }) => (through === 'slack' ? SLACK_APP : MAIL_OUT),
  // The first guarantee is for Slack, the second for mail.
  promises: ['look-up', 'byte-identical'],
  carry: (parts, delivery, signal) => carryDigest(digestDeps(parts), delivery, signal),
  onAside: (parts, delivery) => release(parts, delivery),
};

function digestDeps(parts: Parts): DigestDeps {
  const { act, texts, read, clock, store, slack, mail, digest } = parts;
  const slackDeps = slackDigestDeps(parts);
  return {
    act,
    texts,
    read,
    clock,
    links: slack.links,
    wordings: store.collection<WordingDoc>('wordings'),
    slack: (worded) => digestToSlack(slackDeps, worded),
    ...(mail ? mailOf(parts, mail) : {}),
    ...(digest.wording ? { word: digest.wording } : {}),
  };
}

function mailOf({ digest, texts }: Parts, { out }: NonNullable<Parts['mail']>): Pick<DigestDeps, 'mail' | 'begun'> {
  return {
    mail: (worded) => digestToMail({ ...digest, texts, mail: out }, worded),
    begun: async (id) => Boolean(await out.begun(id)),
  };
}

export function slackDigestDeps({ act, texts, read, clock, store, slack }: Parts): SlackDigestDeps {
  const { sender, team, links } = slack;
  return { act, texts, read, clock, sender, team, links, sending: store.collection<SendingDoc>('sending') };
}

export async function carryDigest(deps: DigestDeps, delivery: DigestDelivery, signal: AbortSignal): Promise<void> {
  const { read, wordings } = deps;
  const [person, subscription] = await Promise.all([
    read.get(PEOPLE, delivery.person),
    read.get(SUBSCRIPTIONS, delivery.person),
  ]);
  const asked = delivery.day === undefined;
  if (!person) return;
  // An earlier attempt may have said that the digest tells them.
  if (person.state !== 'in' || (subscription?.state === 'off' && !asked)) return release(deps, delivery);
  const told = await toldNow(deps, delivery);
  const links = reachOf(person) === 'slack' ? deps.links : NO_LINKS;
  const zone = await zoneOf(read, person);
  const lineOf = async (item: NeedDoc) => {
    const { id: need, pod } = item;
    const absent = await absentIn(read, item, delivery.person);
    return (await noticeWords({ ...deps, links, zone }, { items: [{ need, pod, for: absent }] })).lines[0];
  };
  const gathering = { ...deps, withWords: deps.word !== undefined, lineOf };
  const facts = await gather(gathering, person, delivery, deps.clock(), told);
  if (!asked && !isWorthSending(facts)) return release(deps, delivery);
  const begun = delivery.through !== 'slack' && ((await deps.begun?.(delivery.id)) ?? false);
  const { sections, today } = await wordedOnce(deps, delivery.id, facts, begun, signal);
  const time = subscription?.time ?? DEFAULT_TIME;
  const worded = { key: delivery.id, person, facts: { ...facts, today }, sections, asked, time };
  if (delivery.through === 'slack') await deps.slack(worded);
  else if (deps.mail) {
    await recordMailed(deps, worded);
    await deps.mail(worded);
  } else
    throw new InvalidInput(
      'This digest goes by mail, and no mail is set up. Set SMTP_URL and MAIL_DOMAIN, then retry it.',
    );
  await wordings.delete(delivery.id);
}

/** Recorded before it is sent, so that after a crash nothing that may have arrived is forgotten. */
async function recordMailed({ act }: Pick<DigestDeps, 'act'>, { key, person, sections }: Worded): Promise<void> {
  const about = repeated(sections);
  if (!about.length) return;
  const recorded = { pod: person.id, actor: 'skein', via: 'skein', action: 'record_mailed_digest' } as const;
  await act({ ...recorded, input: { key, about }, key: `mailed:${key}` }).catch((error: unknown) => {
    // A Conflict means that an earlier attempt recorded the digest, and something of it was erased since.
    if (!(error instanceof Conflict)) throw error;
  });
}

/** Returns the absent person who is needed, if the reader of the digest is their deputy. */
async function absentIn(read: Reader, { id, who }: NeedDoc, person: PersonId): Promise<PersonId | undefined> {
  if (who === person) return undefined;
  return isPerson(who) ? who : (await read.get(HEARINGS, hearingId(person, id)))?.for;
}

/** Committed before the digest is sent, once for each digest: no notice repeats these items, and a retry tells the same. */
async function tellIn(
  { act }: Pick<DigestDeps, 'act'>,
  { id, person }: DigestDelivery,
): Promise<{ told: string[]; seq: number | undefined }> {
  const { result, commit } = await act<{ told: string[] }>({
    ...{ pod: ownLog(person), actor: 'skein', via: 'skein', action: 'tell_in_digest' },
    ...{ input: { digest: id }, key: `digest:${id}` },
  });
  return { told: result.told, seq: commit?.seq };
}

/**
 * Returns the items that the digest tells. Before each attempt, those of an archived pod or of one that the person has
 * left are released: they are told of them once they are back.
 */
async function toldNow(deps: DigestDeps, delivery: DigestDelivery): Promise<string[]> {
  const { read, clock } = deps;
  const { person } = delivery;
  const { told, seq } = await tellIn(deps, delivery);
  const open = await Promise.all(
    told.map(async (need) => {
      const item = await read.get(NEEDS, need);
      const absent = item && (await absentIn(read, item, person));
      return stillOpen(read, item, person, absent && { for: absent, at: clock() });
    }),
  );
  const gone = told.filter((_, n) => !open[n]);
  if (gone.length && !(await isPosted(read, delivery))) await releaseAll(deps, delivery, gone, seq);
  return told.filter((_, n) => open[n]);
}

/** The digest is not sent. Its items are told otherwise, or once the person is back. */
async function release(deps: Pick<DigestDeps, 'act' | 'read'>, delivery: DigestDelivery): Promise<void> {
  if (await isPosted(deps.read, delivery)) return;
  const { told, seq } = await tellIn(deps, delivery);
  await releaseAll(deps, delivery, told, seq);
}

/** True if it stands in Slack already. */
async function isPosted(read: Reader, { id, person }: DigestDelivery): Promise<boolean> {
  const sent = await read.get(NOTICES, noticeId(person, id));
  return sent !== undefined && sent.mailedAt === undefined;
}

async function releaseAll(
  { act }: Pick<DigestDeps, 'act'>,
  { id, person }: DigestDelivery,
  items: readonly string[],
  seq: number | undefined,
): Promise<void> {
  for (const need of items)
    await act({
      ...{ pod: ownLog(person), actor: 'skein', via: 'skein', action: 'release_tell' },
      ...{ input: { need, notice: seq }, key: `release:${id}:${need}` },
    });
}
