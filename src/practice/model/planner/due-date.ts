// Finds the due date in a sentence and removes it from the sentence.

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const numbers: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 };
const dayMs = 86_400_000;

const weekday = '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sun)day';
const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const day = [
  '\\d{4}-\\d{2}-\\d{2}',
  'today|tonight|the day after tomorrow|tomorrow',
  `(?:(?:next|this|coming)\\s+)?${weekday}`,
  'in (?:\\d+|an?|one|two|three|four|five|six) (?:days?|weeks?)',
  'next week|(?:the )?end of (?:the |this )?(?:week|month)',
  `(?:the )?\\d{1,2}(?:st|nd|rd|th)?(?: of)? ${month}|${month} (?:the )?\\d{1,2}(?:st|nd|rd|th)?\\b|the \\d{1,2}(?:st|nd|rd|th)`,
].join('|');

/**
 * Matches a due date. A day after a preposition counts anywhere, others only at the end: in "the Friday meeting" it is
 * no due date.
 */
const named = new RegExp(`\\s*[,(]?\\s*\\b(?:(?:due|by|on|until|till|before|for)\\s+)+(${day})\\b(?!['’]s)\\)?`, 'i');
const atEnd = new RegExp(`\\s*[,(:-]?\\s*\\b(${day})\\b\\)?[.!?\\s]*$`, 'i');

/**
 * Returns the due date as YYYY-MM-DD, and the rest of the sentence. Without `today`, only whole dates are understood.
 */
export function dueIn(text: string, today: string | undefined): { due?: string; rest: string } {
  for (const pattern of [named, atEnd]) {
    const match = pattern.exec(text);
    const due = match?.[1] && dateOf(match[1].toLowerCase(), today);
    if (match && due)
      return { due, rest: `${text.slice(0, match.index)}${text.slice(match.index + match[0].length)}`.trim() };
  }
  return { rest: text };
}

function dateOf(words: string, today: string | undefined): string | undefined {
  if (/^\d{4}-/.test(words)) return isDate(words) ? words : undefined;
  if (!today || !isDate(today)) return undefined;
  const now = Date.parse(today);
  const ofWeek = new Date(now).getUTCDay();
  const nextMonday = now + ((8 - ofWeek) % 7 || 7) * dayMs;
  const after = (days: number) => iso(now + days * dayMs);
  if (words === 'today' || words === 'tonight') return today;
  if (words === 'tomorrow') return after(1);
  if (words.endsWith('after tomorrow')) return after(2);
  if (words === 'next week') return iso(nextMonday);
  if (words.endsWith('week') && words.includes('end of')) return after((12 - ofWeek) % 7);
  if (words.endsWith('month')) return iso(Date.UTC(new Date(now).getUTCFullYear(), new Date(now).getUTCMonth() + 1, 0));
  const span = /^in (\S+) (day|week)/.exec(words);
  if (span) return after((numbers[span[1] ?? ''] ?? Number(span[1])) * (span[2] === 'week' ? 7 : 1));
  const wanted = weekdays.indexOf(words.split(/\s+/).at(-1) ?? '');
  if (wanted >= 0)
    return words.startsWith('next')
      ? iso(nextMonday + ((wanted + 6) % 7) * dayMs)
      : after((wanted - ofWeek + 7) % 7 || 7);
  return calendarDay(words, now);
}

/** Returns the date of "21 November", "Nov 21st" or "the 25th": the next such day, which may be today. */
function calendarDay(words: string, now: number): string | undefined {
  const date = Number(/\d{1,2}/.exec(words)?.[0]);
  const ofYear = months.indexOf(/[a-z]{3,}/.exec(words.replace(/\bthe\b/, ''))?.[0].slice(0, 3) ?? '');
  const { year, month: thisMonth } = { year: new Date(now).getUTCFullYear(), month: new Date(now).getUTCMonth() };
  const tries =
    ofYear >= 0
      ? [Date.UTC(year, ofYear, date), Date.UTC(year + 1, ofYear, date)]
      : [0, 1, 2].map((n) => Date.UTC(year, thisMonth + n, date));
  const found = tries.find((each) => each >= now && new Date(each).getUTCDate() === date);
  return found === undefined ? undefined : iso(found);
}

function isDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text)) && iso(Date.parse(text)) === text;
}

function iso(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
