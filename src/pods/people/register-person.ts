// register_person (Skein's own): a person seen in Slack or mail becomes one person of the organisation, whatever accounts they have.
import { z } from 'zod';
import type { ParticipantId } from '../../log/participant.ts';
import { action } from '../action.ts';
import { cleanName } from './names.ts';
import { PEOPLE, type PersonChange, type PersonDoc, type PersonFacts } from './person.ts';

export const registerPerson = action({
  name: 'register_person',
  title: 'Register a person',
  description: 'Takes in what an account says of a person. The same verified address is the same person.',
  input: z.strictObject({
    /** `slack:<team>:<user>` or `mail:<address>`. */
    account: z.string().regex(/^(slack|mail):/),
    // What does not fit a name is left out: Slack is where it can be mended.
    name: z.string().trim().min(1).max(200).overwrite(cleanName),
    handle: z.string().trim().min(1).max(80).overwrite(cleanName),
    alias: z
      .string()
      .trim()
      .max(200)
      .overwrite((alias) => alias && cleanName(alias))
      .optional(),
    /** Only an address that its surface has verified. */
    email: z.string().max(320).optional(),
    timeZone: z.string().max(80).optional(),
    role: z.enum(['owner', 'member', 'guest']).default('member'),
    state: z.enum(['in', 'out']).default('in'),
    /** Of another organisation: a guest, and nobody else's address makes them another person. */
    foreign: z.literal(true).optional(),
  }),
  effect: 'write',
  org: true,
  internal: true,
  async load(read, { account, email }) {
    const accounts = [account, ...(email ? [mailAccount(email)] : [])];
    return { people: await read.find(PEOPLE, { where: { accounts: { in: accounts } }, sort: [['id', 'asc']] }) };
  },
  allow: (_view, _input, ctx) =>
    ctx.role === 'skein' || 'People are registered by Skein, from their Slack or mail account.',
  decide({ people }, { account, email: given, ...rest }, ctx) {
    const { foreign } = rest;
    const known = people.find((one) => one.accounts.includes(account));
    const person = known ?? (foreign ? undefined : people.find((one) => mayBe(one, account)));
    const others = people.filter((one) => one !== person);
    // Who left does not take an address with them that is somebody else's by now.
    const claimed = foreign || (rest.state === 'out' && others.length) ? undefined : given?.trim().toLowerCase();
    const email = claimed ?? (foreign || given ? undefined : person?.email);
    const facts: PersonFacts = {
      name: rest.name,
      handle: rest.handle,
      role: foreign ? 'guest' : rest.role,
      state: rest.state,
      ...(foreign ? { foreign } : {}),
      ...(rest.alias ? { alias: rest.alias } : {}),
      ...(email ? { email } : {}),
      ...(rest.timeZone ? { timeZone: rest.timeZone } : person?.timeZone ? { timeZone: person.timeZone } : {}),
    };
    // The newest verified address is the one that counts.
    const kept = person?.accounts.filter((one) => !((foreign || given) && one.startsWith('mail:'))) ?? [];
    const accounts = [...new Set([...kept, account, ...(claimed ? [mailAccount(claimed)] : [])])];
    const id = (person?.id ?? `person:${ctx.id('p').slice(2)}`) as ParticipantId;
    const type = person ? 'person_updated' : 'person_registered';
    return {
      changes: [
        { v: 1, on: 'people', id, type, facts, accounts },
        ...(claimed ? others.map((one) => withoutAddress(one, mailAccount(claimed))) : []),
      ],
      result: { person: { id, name: facts.name } },
    };
  },
});

/** An address has one owner: whoever had it before has it no more. */
function withoutAddress(person: PersonDoc, address: string): PersonChange {
  const { id, name, handle, alias, timeZone, role, state, foreign } = person;
  const facts = {
    ...{ name, handle, role, state },
    ...(alias ? { alias } : {}),
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

/** A person has one account in a workspace: an address that passed to somebody else does not make them one. */
function mayBe(person: PersonDoc, account: string): boolean {
  const workspace = account.slice(0, account.lastIndexOf(':') + 1);
  return account.startsWith('mail:') || !person.accounts.some((one) => one.startsWith(workspace));
}

function mailAccount(address: string): string {
  return `mail:${address.trim().toLowerCase()}`;
}
