// Collects the secrets of the settings, which the doctor redacts in its report. Pure.
import { settingOf } from '../config/config.ts';
import { PRACTICE } from '../config/slack.ts';
import { cutOut } from '../secrets.ts';

type Env = Readonly<Record<string, string | undefined>>;

const SECRET = /^(SLACK_\w*TOKEN|SLACK_\w*SIGNING_SECRET|ANTHROPIC_API_KEY|SKEIN_SECRET)$/;
const WITH_PASSWORD: readonly string[] = ['IMAP_URL', 'SMTP_URL', 'MONGODB_URI'];
/** In characters. A shorter text is not redacted, because that would garble the report. */
const SHORTEST = 4;

export function withoutSecrets(env: Env): (text: string) => string {
  return cutOut(secretsIn(env));
}

function secretsIn(env: Env): string[] {
  const found = Object.entries(env).flatMap(([name, value]) => {
    const text = settingOf(value);
    if (!text) return [];
    if (SECRET.test(name)) return text === PRACTICE ? [] : [text];
    return WITH_PASSWORD.includes(name) ? passwordsIn(text) : [];
  });
  return found.filter((secret) => secret.length >= SHORTEST);
}

/** Returns the passwords in the URLs of a text, both percent-encoded and decoded. */
function passwordsIn(text: string): string[] {
  return [...text.matchAll(/\/\/[^\s/@:]*:([^\s@]+)@/g)].flatMap(([, written = '']) => [written, decoded(written)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
