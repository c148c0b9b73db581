// Says why a question passed to somebody else: “Dev Patel is no longer in the pod”. Pure.
import { quiet } from '../digest/quiet.ts';
import type { Named, ParticipantId } from '../log/participant.ts';
import { called } from '../pods/people/directory.ts';
import type { Passed } from '../pods/questions/question.ts';
import type { Texts } from '../texts/texts.ts';

export function passedWords(
  { texts: { fill } }: { texts: Pick<Texts, 'fill'> },
  { why, from }: Passed,
  names: ReadonlyMap<ParticipantId, Named>,
): string {
  const [one, another] = from;
  if (why === 'silent') return fill('question', 'why-silent');
  if (!one || another) return fill('question', why === 'away' ? 'why-all-away' : 'why-silent');
  return fill('question', `why-${why}`, { person: quiet(called(names, one).name, 60) });
}
