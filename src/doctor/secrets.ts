// Takes every secret of the settings out of what is told, whoever quoted it. Pure.
import { settingOf } from '../config.ts';

type Env = Readonly<Record<string, string | undefined>>;

const SECRET = /^(SLACK_\w*TOKEN|SLACK_SIGNING_SECRET|ANTHROPIC_API_KEY|SKEIN_SECRET)$/;
const WITH_PASSWORD: readonly string[] = ['IMAP_URL', 'SMTP_URL', 'MONGODB_URI'];
/** Cutting out less would garble every text. */
const SHORTEST = 4;

export function withoutSecrets(env: Env): (text: string) => string {
  const secrets = secretsIn(env);
  return (text) => secrets.reduce((left, secret) => left.replaceAll(secret, '[secret]'), text);
}

/** Longest first, so that one secret inside another leaves nothing behind. */
function secretsIn(env: Env): string[] {
  const found = Object.entries(env).flatMap(([name, value]) => {
    const text = settingOf(value);
    if (!text) return [];
    if (SECRET.test(name)) return [text];
    return WITH_PASSWORD.includes(name) ? passwordsIn(text) : [];
  });
  return [...new Set(found)].filter((secret) => secret.length >= SHORTEST).sort((a, b) => b.length - a.length);
}

/** As they are written, and as they are meant. */
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
