import { expect } from 'chai';
import { invitesIn } from '../../../src/email/parse/calendar.ts';
import { parseMail } from '../../../src/email/parse/parse-mail.ts';
import { aMultipart } from '../build.ts';

const event = [
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VEVENT',
  'SUMMARY:Rye tasting\\, with the mill',
  'DTSTART;TZID=Europe/Berlin:20261201T100000',
  'DTEND;TZID="Europe/Berlin":20261201T113000',
  'LOCATION:The old',
  '  bakery',
  'ORGANIZER;CN="Carl, the miller":mailto:carl@mill.example',
  'DESCRIPTION:Bring bread.\\nAnd salt.',
  'BEGIN:VALARM',
  'DESCRIPTION:Reminder',
  'END:VALARM',
  'END:VEVENT',
  'END:VCALENDAR',
];
const invite = async (lines: string[], type = 'text/calendar; method=REQUEST') =>
  invitesIn(
    await parseMail(
      aMultipart({
        type: 'alternative',
        parts: ['Content-Type: text/plain\r\n\r\nSee you.', `Content-Type: ${type}\r\n\r\n${lines.join('\r\n')}`],
      }),
    ),
  );

describe('an invitation in a mail', () => {
  it('is read as a calendar shows it', async () => {
    expect(await invite(event)).to.deep.equal([
      {
        from: 'Carl, the miller, carl@mill.example',
        subject: 'Rye tasting, with the mill',
        text: 'A calendar event.\nWhen: 2026-12-01 10:00 Europe/Berlin to 2026-12-01 11:30 Europe/Berlin\nWhere: The old bakery\nBring bread.\nAnd salt.',
      },
    ]);
  });

  it('may be cancelled, last for days, or lie in a file', async () => {
    const cancelled = ['BEGIN:VCALENDAR', 'METHOD:CANCEL', 'BEGIN:VEVENT', 'DTSTART;VALUE=DATE:20261224', 'END:VEVENT'];
    expect(await invite(cancelled, 'application/octet-stream; name="x.ics"')).to.deep.equal([
      { text: 'A calendar event that was cancelled.\nWhen: 2026-12-24' },
    ]);
  });

  it('of any bytes is read or left', async () => {
    expect(
      await invite(['BEGIN:VEVENT', 'SUMMARY', ':', 'END:VEVENT', 'END:VEVENT', `A;${'b="c"'.repeat(50_000)}`]),
    ).to.have.length(1);
    expect(await invite([])).to.deep.equal([]);
  });
});
