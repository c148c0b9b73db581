// register_person (Skein's own): a person seen in Slack or mail becomes one person of the organisation, whatever accounts they have.
import { z } from 'zod';
import { action } from '../action.ts';
import type { ParticipantId } from '../participant.ts';
import type { PersonDoc, PersonFacts } from '../views/person.ts';

export const registerPerson = action({
  name: 'register_person',
  title: 'Register a person',
  description: 'Takes in what an account says of a person. The same verified address is the same person.',
  input: z.strictObject({
    /** `slack:<team>:<user>` or `mail:<address>`. */
    account: z.string().regex(/^(slack|mail):/),
    name: z.string().trim().min(1).max(200),
    handle: z.string().trim().min(1).max(80),
    alias: z.string().trim().max(200).optional(),
    /** Only an address that its surface has verified. */
    email: z.string().max(320).optional(),
    timeZone: z.string().max(80).optional(),
    role: z.enum(['owner', 'member', 'guest']).default('member'),
    state: z.enum(['in', 'out']).default('in'),
  }),
  effect: 'write',
  org: true,
  internal: true,
  async load(read, { account, email }) {
    const accounts = [account, ...(email ? [mailAccount(email)] : [])];
    return { people: await read.find('people', { where: { accounts: { in: accounts } }, sort: [['id', 'asc']] }) };
  },
  allow: (_view, _input, ctx) =>
    ctx.standing === 'skein' || 'People are registered by Skein, from their Slack or mail account.',
  decide({ people }, { account, email, ...rest }, ctx) {
    const person = people.find((one) => one.accounts.includes(account)) ?? people.find((one) => mayBe(one, account));
    const facts: PersonFacts = {
      name: rest.name,
      handle: rest.handle,
      role: rest.role,
      state: rest.state,
      ...(rest.alias ? { alias: rest.alias } : {}),
      ...(email ? { email: email.toLowerCase() } : person?.email ? { email: person.email } : {}),
      ...(rest.timeZone ? { timeZone: rest.timeZone } : person?.timeZone ? { timeZone: person.timeZone } : {}),
    };
    // The newest verified address is the one that counts.
    const kept = person?.accounts.filter((one) => !(email && one.startsWith('mail:'))) ?? [];
    const accounts = [...new Set([...kept, account, ...(email ? [mailAccount(email)] : [])])];
    const id = (person?.id ?? `person:${ctx.id('p').slice(2)}`) as ParticipantId;
    const type = person ? 'person_updated' : 'person_registered';
    return {
      changes: [{ v: 1, on: 'people', id, type, facts, accounts }],
      result: { person: { id, name: facts.name } },
    };
  },
});

/** A person has one account in a workspace: an address that passed to somebody else does not make them one. */
function mayBe(person: PersonDoc, account: string): boolean {
  const workspace = account.slice(0, account.lastIndexOf(':') + 1);
  return account.startsWith('mail:') || !person.accounts.some((one) => one.startsWith(workspace));
}

function mailAccount(address: string): string {
  return `mail:${address.trim().toLowerCase()}`;
}
