// Finds the person whose preferences an action sets.
import { InvalidInput, NotAllowed } from '../../errors.ts';
import type { PersonId } from '../../log/participant.ts';
import type { Ctx } from '../action.ts';
import type { DeliveryWish } from '../deliveries.ts';
import { askersOf } from '../members/rights.ts';
import { ownLog } from '../telling/hearing.ts';

/** Returns the actor, or the person for whom an agent works. @throws NotAllowed if the agent works for several */
export function theirs(ctx: Ctx): PersonId {
  const [person, other] = askersOf(ctx);
  if (other)
    throw new NotAllowed(
      'Hours and absences are one person’s own, and you act on the words of several. Answer that; then ask again whoever wants it.',
    );
  if (person) return person;
  throw new InvalidInput('Hours and absences belong to a person. Say for whom this is done.');
}

/** Returns the delivery that decides again when the person is told what waits for them. */
export function retimed(person: PersonId, ctx: Ctx): DeliveryWish {
  const key = `retime:${ctx.id('r')}`;
  return { kind: 'act', in: ownLog(person), action: 'retime_tell', input: {}, actor: 'skein', key };
}
