// The corpus: 200 mails to a pod as real mail programs write them, each with the sentences that have to be found.

import { attachedForwards } from './attached.ts';
import type { Case, Client, Format } from './case.ts';
import { k9, samsung } from './client-android.ts';
import { appleMac, applePhone } from './client-apple.ts';
import { gmail } from './client-gmail.ts';
import { outlookMac, outlookMacOld } from './client-outlook-mac.ts';
import { outlookPhone, outlookWeb } from './client-outlook-web.ts';
import { outlookText, outlookWord } from './client-outlook-word.ts';
import { fastMail, gmxMail, protonMail, zohoMail } from './client-quoting-web.ts';
import { REGIONAL } from './client-regional.ts';
import { horde, kmail, mutt, notes, roundcube } from './client-terminal.ts';
import { thunderbird, thunderbirdFlowed } from './client-thunderbird.ts';
import { yahoo } from './client-yahoo.ts';
import { compose } from './compose.ts';
import { ownWords } from './own-words.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

/** How many of the 200 each program writes; those that most people use have most. */
const SHARES: [Client, number][] = [
  [gmail, 16],
  [outlookWord, 14],
  [outlookText, 8],
  [outlookWeb, 11],
  [outlookPhone, 6],
  [outlookMac, 7],
  [outlookMacOld, 4],
  [appleMac, 12],
  [applePhone, 7],
  [thunderbird, 11],
  [thunderbirdFlowed, 7],
  [yahoo, 6],
  [protonMail, 6],
  [fastMail, 4],
  [zohoMail, 4],
  [gmxMail, 4],
  [mutt, 5],
  [horde, 4],
  [roundcube, 5],
  [kmail, 3],
  [notes, 3],
  [samsung, 5],
  [k9, 4],
  ...REGIONAL.map((client): [Client, number] => [client, 1]),
];

/** The format in which this program can write the situation: the one whose turn it is, or the next. */
function formatFor(client: Client, scenario: Scenario, turn: number): Format | undefined {
  if (scenario.kind === 'forward' ? !client.forward : !client.reply) return undefined;
  const allowed = scenario.place ? (client.places[scenario.place] ?? []) : client.formats;
  return client.formats
    .map((_, index) => client.formats[(turn + index) % client.formats.length])
    .find((one) => one && allowed.includes(one));
}

function* byPrograms(now: Date): Generator<Case> {
  let number = 0;
  for (const [index, [client, share]] of SHARES.entries()) {
    let next = index * 4;
    for (let turn = 0; turn < share; turn++) {
      const language = client.languages[turn % client.languages.length] as string;
      for (;;) {
        const scenario = SCENARIOS[next++ % SCENARIOS.length] as Scenario;
        const format = formatFor(client, scenario, turn);
        if (!format) continue;
        number += 1;
        yield compose({ number, client, language, format, scenario, now });
        break;
      }
    }
  }
}

/** The same 200 mails each time; `now` is the Date of the mails themselves. */
export function corpus(now = new Date('2026-11-29T10:00:00Z')): Case[] {
  const cases = [...byPrograms(now)];
  const own = ownWords(cases.length + 1, now);
  return [...cases, ...own, ...attachedForwards(cases.length + own.length + 1, now)];
}
