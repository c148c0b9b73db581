// close_digest (Skein's own): closes a person's digest for one local day. Each day has one digest.
import { z } from 'zod';
import { Conflict, NotFound } from '../../errors.ts';
import { action } from '../action.ts';
import { awayAt, PREFERENCES } from '../preferences/preference.ts';
import { closing } from './closing.ts';
import { digestScopeFor } from './range.ts';
import { lastBy } from './times.ts';

export const closeDigest = action({
  name: 'close_digest',
  title: 'Close a digest',
  description:
    'Takes in what happened in the pods of a person since their last digest, and sends it when there is something to say.',
  input: z.strictObject({
    person: z.templateLiteral(['person:', z.string().min(1)]),
    /** The local date in the person's zone. */
    day: z.iso.date(),
    /**
     * When the digest was due, in milliseconds since 1970. If the person has changed the time since, the digest comes
     * at the new time.
     */
    due: z.number().optional(),
  }),
  effect: 'write',
  org: true,
  internal: true,
  async load(read, { person }, ctx) {
    const [scope, preference] = await Promise.all([
      digestScopeFor(read, person, ctx.at),
      read.get(PREFERENCES, person),
    ]);
    return { scope, preference };
  },
  allow: (_view, _input, ctx) => ctx.role === 'skein' || 'Only Skein itself closes the digests of a day.',
  decide({ scope, preference }, { person, day, due }, ctx) {
    const { subscription } = scope;
    if (scope.person?.state !== 'in') throw new NotFound(`There is nobody here with the id “${person}”.`);
    if (awayAt(preference, ctx.at)) throw new Conflict(`${scope.person.name} is away.`);
    if (subscription && subscription.state !== 'on')
      throw new Conflict(`The digest of ${scope.person.name} is ${subscription.state}.`);
    if (subscription && due !== undefined && subscription.changedAt >= due)
      throw new Conflict(`${scope.person.name} has set the digest since it was due.`);
    if (subscription?.lastDay && lastBy(subscription.lastDay, day) >= day)
      throw new Conflict(`${scope.person.name} had the digest of ${subscription.lastDay} already.`);
    return closing(person, scope, day);
  },
});
