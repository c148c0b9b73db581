// Reads the invitations of a mail (RFC 5545) and returns what a calendar shows: title, time, location, organiser. Pure,
// linear.
import type { Attachment, Mail } from '../mail.ts';
import type { Forwarded } from '../quotes/split-mail.ts';

const CALENDAR_BYTES = 100_000;
const MOST_EVENTS = 10;
const DETAIL_CHARS = 2_000;

/** Returns the invitations of the mail and of the mails inside it. They are untrusted data. */
export function invitesIn({ attachments, forwarded }: Pick<Mail, 'attachments' | 'forwarded'>): Forwarded[] {
  const own = attachments.filter(isCalendar).flatMap(eventsOf);
  return [...own, ...forwarded.flatMap(invitesIn)].slice(0, MOST_EVENTS);
}

function isCalendar({ mime, name }: Attachment): boolean {
  return mime === 'text/calendar' || mime === 'application/ics' || /\.ics$/i.test(name);
}

interface Property {
  params: string;
  value: string;
}

function eventsOf({ content }: Attachment): Forwarded[] {
  const text = new TextDecoder().decode(content.subarray(0, CALENDAR_BYTES));
  const events: Forwarded[] = [];
  let method = '';
  let open: Map<string, Property> | undefined;
  /** The nesting depth. Properties of an alarm inside an event are skipped: an alarm has a description of its own. */
  let inside = 0;
  // RFC 5545 section 3.1: a line that begins with white space continues the previous line.
  for (const line of text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)) {
    const [, name = '', params = '', value = ''] =
      /^([\w-]{1,40})((?:;[^:"]{0,200}(?:"[^"]{0,200}"[^:"]{0,200}){0,10})?):(.*)$/.exec(line.slice(0, 20_000)) ?? [];
    const key = name.toUpperCase();
    if (key === 'METHOD' && !open) method = value.trim().toUpperCase();
    else if (key === 'BEGIN' && open) inside += 1;
    else if (key === 'BEGIN' && /^VEVENT$/i.test(value.trim())) open = new Map();
    else if (key === 'END' && inside > 0) inside -= 1;
    else if (key === 'END' && open) {
      if (events.length < MOST_EVENTS) events.push(eventOf(open, method));
      open = undefined;
    } else if (open && inside === 0 && !open.has(key)) open.set(key, { params, value });
  }
  return events;
}

function eventOf(properties: ReadonlyMap<string, Property>, method: string): Forwarded {
  const said = (key: string) => unescaped(properties.get(key)?.value ?? '');
  const cancelled = method === 'CANCEL' || said('STATUS').toUpperCase() === 'CANCELLED';
  const [start, end] = [whenOf(properties.get('DTSTART')), whenOf(properties.get('DTEND'))];
  const organizer = properties.get('ORGANIZER');
  const from =
    organizer && [commonName(organizer.params), organizer.value.replace(/^mailto:/i, '')].filter(Boolean).join(', ');
  const lines = [
    cancelled
      ? 'A calendar event that was cancelled.'
      : `A calendar event${method === 'REPLY' ? ' that somebody answered' : ''}.`,
    start && `When: ${start}${end && end !== start ? ` to ${end}` : ''}`,
    said('RRULE') && `Again: ${said('RRULE')}`,
    said('LOCATION') && `Where: ${said('LOCATION')}`,
    said('DESCRIPTION')
      .slice(0, DETAIL_CHARS)
      .replace(/[\ud800-\udbff]$/, ''),
  ];
  return {
    ...(from ? { from } : {}),
    ...(said('SUMMARY') ? { subject: said('SUMMARY') } : {}),
    text: lines.filter(Boolean).join('\n'),
  };
}

function commonName(params: string): string {
  return /;CN=(?:"([^"]*)"|([^;:"]*))/i.exec(params)?.slice(1).find(Boolean) ?? '';
}

/** Formats a time: `TZID=Europe/Berlin:20261201T100000` becomes `2026-12-01 10:00 Europe/Berlin`. */
function whenOf(property: Property | undefined): string | undefined {
  const [, year, month, day, hour, minute, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d{0,2}(Z)?)?/.exec(property?.value.trim() ?? '') ?? [];
  if (!property || !year) return undefined;
  const zone = utc ? 'UTC' : (/;TZID="?([^;:"]{1,60})/i.exec(property.params)?.[1] ?? '');
  return [`${year}-${month}-${day}`, hour && `${hour}:${minute}`, hour && zone].filter(Boolean).join(' ');
}

/** Decodes escapes (RFC 5545 section 3.3.11). */
function unescaped(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_whole, sign: string) => (/n/i.test(sign) ? '\n' : sign)).trim();
}
