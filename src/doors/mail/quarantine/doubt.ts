// Detects replayed mails: somebody may send a genuine mail to others later, and its signature stays valid. Was it meant for the pod, and now? Pure.
import { domainOf } from '../../../email/authenticate/authenticity.ts';
import { covers } from '../../../email/authenticate/signed.ts';
import { coverage } from '../../../email/authenticate/signed-headers.ts';
import type { Arrived, Destination } from '../context.ts';

/** A server that could not deliver tries again for days; a mail that is sent on by somebody else is mostly older. */
const FRESH_MS = 3 * 24 * 3_600_000;

type Meant = Pick<Destination, 'namedIn' | 'unsignedIn'>;

/** Why a mail may have been sent on by another than its author, in a sentence; undefined where nothing says so. */
export function doubtOf(
  arrived: Pick<Arrived, 'mail' | 'raw' | 'at' | 'signed'>,
  { namedIn, unsignedIn }: Meant,
): string | undefined {
  const { mail, raw, signed } = arrived;
  const [doubled] = mail.doubled;
  if (doubled) return `It has more than one ${shown(doubled)} line: somebody else may have added one.`;
  // Without a signature it was proved by the server that brought it, which is its author's own: nobody else can send it on.
  const claimed = mail.from.kind === 'mailbox' ? coverage(raw, domainOf(mail.from.address)) : undefined;
  const isSigned = signed ? (line: string) => covers(signed, line) : claimed;
  if (!isSigned) return undefined;
  if (!namedIn && !unsignedIn)
    return 'Its To and Cc name no address of this pod: it came as a blind copy or through a forwarder, or somebody else sent it on.';
  // Some servers sign neither line (Microsoft 365): then nothing can be said.
  if (unsignedIn || (namedIn && !isSigned(namedIn) && (isSigned('to') || isSigned('cc'))))
    return `Its ${shown(namedIn ?? unsignedIn ?? '')} line, which names this pod, is not signed: somebody else may have added it.`;
  return doubtOfDate(arrived, isSigned('date'));
}

function doubtOfDate({ mail, at }: Pick<Arrived, 'mail' | 'at'>, isSigned: boolean): string | undefined {
  if (!isSigned) return 'Its date is not signed: an old mail may have been sent again.';
  // A signed mail without a date never had one, and every mail program writes one: this is nobody's old mail.
  if (!mail.date) return undefined;
  const late = at - Date.parse(mail.date);
  const day = mail.date.slice(0, 10);
  if (late > FRESH_MS)
    return `It was written on ${day} and came more than three days later: somebody may have sent it again.`;
  return late < -FRESH_MS ? `Its date, ${day}, is days after it came.` : undefined;
}

function shown(header: string): string {
  return `${header.charAt(0).toUpperCase()}${header.slice(1)}`;
}
