// Findings about the settings: their faults, and the parts that can't be checked because of them. Pure.
import type { Config } from '../config/config.ts';
import { type Finding, ok, warning } from './check.ts';

export type Part = 'slack' | 'mail' | 'model' | 'store' | 'web';

const NAMES: Readonly<Record<Part, RegExp>> = {
  slack: /^SLACK_/,
  mail: /\b(IMAP_URL|SMTP_URL|MAIL_[A-Z]+)/,
  model: /^(ANTHROPIC_|SKEIN_MODEL)/,
  store: /^MONGODB_URI/,
  web: /^(PORT|PUBLIC_URL)\b/,
};

/** Returns the parts that have a faulty setting. They are not checked. */
export function faultyParts(faults: readonly string[]): ReadonlySet<Part> {
  // A fault about a misspelt name belongs to the part of the correct name.
  const about = faults.map((fault) => /Did you mean (\w+)\?/.exec(fault)?.[1] ?? fault);
  return new Set((Object.keys(NAMES) as Part[]).filter((part) => about.some((each) => NAMES[part].test(each))));
}

export function settingsFindings(faults: readonly string[], notes: readonly string[]): Finding[] {
  const noteFindings = notes.filter((note) => !NO_MAILBOX.test(note)).map(noteFinding);
  if (!faults.length) return [ok('They can be read.'), ...noteFindings];
  const many = faults.length === 1 ? 'One setting needs mending' : `${faults.length} settings need mending`;
  return [{ kind: 'fault', says: `${many}; Skein can't start.`, cure: faults.join('\n') }, ...noteFindings];
}

/** Matches the note that would repeat the finding about mail. */
const NO_MAILBOX = /^No mailbox is set/;

function noteFinding(note: string): Finding {
  const [, says = note, cure = 'Take it out of the settings.'] = /^(.+?\.) (.+)$/s.exec(note) ?? [];
  return warning(says, cure);
}

export const notTried: Finding = warning('It was not tried.', 'Mend its settings first.');

/** Returns a finding: the part is the practice one, and which settings make it real. */
export function practiceFinding(part: 'Slack' | 'Mail' | 'Model'): Finding {
  switch (part) {
    case 'Slack':
      return ok('Practice, on this machine. SLACK_BOT_TOKEN and SLACK_APP_TOKEN make it real (docs/slack.md).');
    case 'Mail':
      return ok('Practice, on this machine. IMAP_URL, SMTP_URL and MAIL_DOMAIN make it real (docs/mail.md).');
    case 'Model':
      return ok('The stand-in, which works by simple rules. ANTHROPIC_API_KEY makes it real (docs/agents.md).');
    default:
      return part satisfies never;
  }
}

export const noMail = ok(
  'None, so pods have no mail addresses. IMAP_URL, SMTP_URL and MAIL_DOMAIN make one (docs/mail.md).',
);

/** For each part, whether it is real or practice. The server and the command line may have different settings. */
export interface Wiring {
  store: 'embedded' | 'mongo' | 'memory';
  slack: Config['slack']['kind'];
  mail: Config['mail']['kind'];
  model: Config['model']['kind'];
}

export function wiringOf({
  mongodbUri,
  slack,
  mail,
  model,
}: Pick<Config, 'mongodbUri' | 'slack' | 'mail' | 'model'>): Wiring {
  return { store: mongodbUri ? 'mongo' : 'embedded', slack: slack.kind, mail: mail.kind, model: model.kind };
}

/** Returns a sentence for each part that differs between the command line and the server. */
export function differences(here: Wiring, there: Wiring): string[] {
  const parts = Object.keys(here) as (keyof Wiring)[];
  return parts
    .filter((part) => here[part] !== there[part])
    .map((part) => `${part} is ${there[part]} there and ${here[part]} here`);
}

/** Returns a fault with the problems of the shipped files. Each problem names its file. */
export function manifestFault(problems: readonly string[]): Finding {
  return { kind: 'fault', says: "Skein can't start.", cure: problems.join('\n') };
}
