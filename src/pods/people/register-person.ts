// register_person (Skein's own): combines all accounts that somebody has in Slack and mail into one person.
import { z } from 'zod';
import type { ParticipantId, PersonId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { heardAgain } from '../needs/heard-again.ts';
import { hearing } from '../needs/raise.ts';
import { cleanName } from './names.ts';
import { PEOPLE, type PersonChange, type PersonDoc, type PersonFacts } from './person.ts';

export const registerPerson = action({
  name: 'register_person',
  title: 'Register a person',
  description: 'Takes in what an account says of a person. The same verified address is the same person.',
  input: z.strictObject({
    /** `slack:<team>:<user>` or `mail:<address>`. */
    account: z.string().regex(/^(slack|mail):/),
    // Characters that are not allowed are removed. The person can correct the name in Slack.
    name: z.string().trim().min(1).max(200).overwrite(cleanName),
    handle: z.string().trim().min(1).max(80).overwrite(cleanName),
    alias: z
      .string()
      .trim()
      .max(200)
      .overwrite((alias) => alias && cleanName(alias))
      .optional(),
    /** Present only if Slack or the mail server has verified the address. */
    email: z.string().max(320).optional(),
    /** The person's job, as their Slack profile says. */
    title: z
      .string()
      .trim()
      .max(200)
      .overwrite((title) => title && cleanName(title))
      .optional(),
    timeZone: z.string().max(80).optional(),
    role: z.enum(['owner', 'member', 'guest']).default('member'),
    state: z.enum(['in', 'out']).default('in'),
    /**
     * Set if the person belongs to another organisation. Such a person is a guest, and their address merges them with
     * nobody.
     */
    foreign: z.literal(true).optional(),
  }),
  effect: 'write',
  org: true,
  internal: true,
  async load(read, { account, email, state }) {
    const accounts = [account, ...(email ? [mailAccount(email)] : [])];
    const people = await read.find(PEOPLE, { where: { accounts: { in: accounts } }, sort: [['id', 'asc']] });
    const back = state === 'in' ? people.filter((one) => one.state === 'out') : [];
    const again = back.map(async ({ id }) => [id, await heardAgain(read, id as PersonId)] as const);
    return { people, waiting: new Map(await Promise.all(again)) };
  },
  allow: (_view, _input, ctx) =>
    ctx.role === 'skein' || 'People are registered by Skein, from their Slack or mail account.',
  decide({ people, waiting }, { account, email: given, ...rest }, ctx) {
    const { foreign } = rest;
    const known = people.find((one) => one.accounts.includes(account));
    const person = known ?? (foreign ? undefined : people.find((one) => mayBe(one, account)));
    const others = people.filter((one) => one !== person);
    // A person who has left does not take over an address that now belongs to another person.
    const claimed = foreign || (rest.state === 'out' && others.length) ? undefined : given?.trim().toLowerCase();
    const email = claimed ?? (foreign || given ? undefined : person?.email);
    // A mail account says nothing of it.
    const title = account.startsWith('mail:') ? person?.title : rest.title;
    const facts: PersonFacts = {
      name: rest.name,
      handle: rest.handle,
      role: foreign ? 'guest' : rest.role,
      state: rest.state,
      ...(foreign ? { foreign } : {}),
      ...(rest.alias ? { alias: rest.alias } : {}),
      ...(email ? { email } : {}),
      ...(title && !foreign ? { title } : {}),
      ...(rest.timeZone ? { timeZone: rest.timeZone } : person?.timeZone ? { timeZone: person.timeZone } : {}),
    };
    // Only the newest verified address stays.
    const kept = person?.accounts.filter((one) => !((foreign || given) && one.startsWith('mail:'))) ?? [];
    const accounts = [...new Set([...kept, account, ...(claimed ? [mailAccount(claimed)] : [])])];
    const id = (person?.id ?? `person:${ctx.id('p').slice(2)}`) as ParticipantId;
    // They are back: what was open when they left waits for them again.
    const again = person?.state === 'out' ? (waiting.get(id) ?? []) : [];
    const type = person ? 'person_updated' : 'person_registered';
    return {
      changes: [
        { v: 1, on: 'people', id, type, facts, accounts },
        ...(claimed ? others.map((one) => withoutAddress(one, mailAccount(claimed))) : []),
      ],
      deliveries: again.map(({ pod, id: need }, n) => hearing(id as PersonId, { pod, need }, ctx.id('ha', n))),
      result: { person: { id, name: facts.name } },
    };
  },
});

/** Returns the change that removes the address from its former owner, because an address belongs to one person. */
function withoutAddress(person: PersonDoc, address: string): PersonChange {
  const { id, name, handle, alias, title, timeZone, role, state, foreign } = person;
  const facts = {
    ...{ name, handle, role, state },
    ...(alias ? { alias } : {}),
    ...(title ? { title } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(foreign ? { foreign } : {}),
  };
  return {
    v: 1,
    on: 'people',
    id,
    type: 'person_updated',
    facts,
    accounts: person.accounts.filter((one) => one !== address),
  };
}

/**
 * True if the account may be the person's. False if the person has another account in the same workspace: an address
 * that was passed on must not merge two people.
 */
function mayBe(person: PersonDoc, account: string): boolean {
  const workspace = account.slice(0, account.lastIndexOf(':') + 1);
  return account.startsWith('mail:') || !person.accounts.some((one) => one.startsWith(workspace));
}

function mailAccount(address: string): string {
  return `mail:${address.trim().toLowerCase()}`;
}
