// Detects replayed mails by their recipients and their age, because a signed mail stays valid when somebody sends it
// again. Pure.
import { domainOf } from '../../../email/authenticate/authenticity.ts';
import { covers } from '../../../email/authenticate/signed.ts';
import { coverage } from '../../../email/authenticate/signed-headers.ts';
import type { Arrived, Destination } from '../context.ts';

/**
 * The age up to which a mail is not suspicious. Servers retry a delivery for days, and replayed mails are mostly older.
 */
const FRESH_MS = 3 * 24 * 3_600_000;

type Meant = Pick<Destination, 'namedIn' | 'unsignedIn'>;

/** Returns a sentence that says why the mail may have been replayed; undefined if there is no such reason. */
export function doubtOf(
  arrived: Pick<Arrived, 'mail' | 'raw' | 'at' | 'signed'>,
  { namedIn, unsignedIn }: Meant,
): string | undefined {
  const { mail, raw, signed } = arrived;
  const [doubled] = mail.doubled;
  if (doubled) return `It has more than one ${shown(doubled)} line: somebody else may have added one.`;
  // A mail without a signature came from the author's own server, so nobody else can have replayed it.
  const claimed = mail.from.kind === 'mailbox' ? coverage(raw, domainOf(mail.from.address)) : undefined;
  const isSigned = signed ? (line: string) => covers(signed, line) : claimed;
  if (!isSigned) return undefined;
  if (!namedIn && !unsignedIn)
    return 'Its To and Cc name no address of this pod: it came as a blind copy or through a forwarder, or somebody else sent it on.';
  // Some servers sign neither To nor Cc (Microsoft 365). An unsigned recipient is then no evidence.
  if (unsignedIn || (namedIn && !isSigned(namedIn) && (isSigned('to') || isSigned('cc'))))
    return `Its ${shown(namedIn ?? unsignedIn ?? '')} line, which names this pod, is not signed: somebody else may have added it.`;
  return doubtOfDate(arrived, isSigned('date'));
}

function doubtOfDate({ mail, at }: Pick<Arrived, 'mail' | 'at'>, isSigned: boolean): string | undefined {
  if (!isSigned) return 'Its date is not signed: an old mail may have been sent again.';
  // The mail was signed without a Date. Mail programs always write one, so this is no replayed mail of a person.
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
