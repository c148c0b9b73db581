// The only reader of the environment: settings as Skein uses them, or every fault at once with its cure.
import { resolve } from 'node:path';
import { InvalidInput } from './errors.ts';

export type SlackSettings =
  | { kind: 'practice' }
  | { kind: 'socket'; botToken: string; appToken: string; apiUrl?: string }
  | { kind: 'http'; botToken: string; signingSecret: string; apiUrl?: string };

export type ModelSettings = { kind: 'stand-in' } | { kind: 'anthropic'; apiKey: string; baseUrl?: string };

export interface Config {
  dataDir: string;
  mongodbUri?: string;
  slack: SlackSettings;
  model: ModelSettings;
  /** The model of agents that name none. */
  modelName: string;
  /** 0: any free port. */
  port: number;
  publicUrl?: string;
  /** Where manifests/ and skills/ are. */
  home: string;
  /** For `${NAME}` in tool manifests. */
  env: Readonly<Record<string, string | undefined>>;
  /** Said at the start, though nothing is wrong. */
  notes: string[];
}

export const DEFAULT_MODEL = 'claude-opus-5-5';

type Env = Readonly<Record<string, string | undefined>>;

/** @throws InvalidInput that lists every fault and its cure, and no value of a secret */
export function readConfig(env: Env, home: string): Config {
  const faults: string[] = [];
  const given = (name: string) => env[name]?.trim() || undefined;
  const url = (name: string, ...protocols: string[]) => checkedUrl(name, given(name), protocols, faults);
  const notes: string[] = [];
  const slack = slackFrom(given, url('SLACK_API_URL', 'https:', 'http:'), faults);
  const model = modelFrom(given, url('ANTHROPIC_BASE_URL', 'https:', 'http:'), faults);
  const mongodbUri = url('MONGODB_URI', 'mongodb:', 'mongodb+srv:');
  const publicUrl = url('PUBLIC_URL', 'https:', 'http:');
  const port = portFrom(given('PORT'), faults);
  for (const name of ['IMAP_URL', 'SMTP_URL', 'MAIL_DOMAIN', 'MAIL_ADDRESS'])
    if (given(name)) notes.push(`${name} is set, but this version has no mail yet: it is not used.`);
  if (faults.length)
    throw new InvalidInput(
      `Skein can't start: ${faults.length === 1 ? 'one setting needs' : `${faults.length} settings need`} mending.\n${faults.map((fault) => `- ${fault}`).join('\n')}`,
    );
  return {
    dataDir: resolve(home, given('SKEIN_DATA_DIR') ?? 'data'),
    ...(mongodbUri ? { mongodbUri } : {}),
    slack,
    model,
    modelName: given('SKEIN_MODEL') ?? DEFAULT_MODEL,
    port,
    ...(publicUrl ? { publicUrl } : {}),
    home,
    env,
    notes,
  };
}

type Given = (name: string) => string | undefined;

function slackFrom(given: Given, apiUrl: string | undefined, faults: string[]): SlackSettings {
  const botToken = given('SLACK_BOT_TOKEN');
  const appToken = given('SLACK_APP_TOKEN');
  const signingSecret = given('SLACK_SIGNING_SECRET');
  if (!botToken && !appToken && !signingSecret) {
    if (apiUrl)
      faults.push('SLACK_API_URL is set without SLACK_BOT_TOKEN. Set the token too, or leave both out to practise.');
    return { kind: 'practice' };
  }
  const before = faults.length;
  if (!botToken)
    faults.push('SLACK_BOT_TOKEN is missing. Copy the bot token (xoxb-…) from your app: OAuth & Permissions.');
  else if (!botToken.startsWith('xoxb-'))
    faults.push(
      'SLACK_BOT_TOKEN is not a bot token: those begin with xoxb-. Copy it from your app: OAuth & Permissions.',
    );
  if (!appToken && !signingSecret)
    faults.push(
      'SLACK_APP_TOKEN is missing. Make an app-level token (xapp-…) with connections:write under Basic Information; or set SLACK_SIGNING_SECRET to receive over HTTP.',
    );
  if (appToken && !appToken.startsWith('xapp-'))
    faults.push('SLACK_APP_TOKEN is not an app-level token: those begin with xapp-. Make one under Basic Information.');
  if (signingSecret && !/^[0-9a-f]{16,}$/i.test(signingSecret))
    faults.push('SLACK_SIGNING_SECRET is not a signing secret: those are hexadecimal. Copy it from Basic Information.');
  if (faults.length > before || !botToken) return { kind: 'practice' };
  const rest = { botToken, ...(apiUrl ? { apiUrl } : {}) };
  if (appToken) return { kind: 'socket', appToken, ...rest };
  return { kind: 'http', signingSecret: signingSecret ?? '', ...rest };
}

function modelFrom(given: Given, baseUrl: string | undefined, faults: string[]): ModelSettings {
  const apiKey = given('ANTHROPIC_API_KEY');
  if (!apiKey) {
    if (baseUrl) faults.push('ANTHROPIC_BASE_URL is set without ANTHROPIC_API_KEY. Set the key that server expects.');
    return { kind: 'stand-in' };
  }
  if (/[^\x21-\x7e]/.test(apiKey))
    faults.push(
      'ANTHROPIC_API_KEY holds a character that no key has (a space, a quote, a line end). Copy it once more.',
    );
  return { kind: 'anthropic', apiKey, ...(baseUrl ? { baseUrl } : {}) };
}

function portFrom(text: string | undefined, faults: string[]): number {
  if (text === undefined) return 3000;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  faults.push(
    `PORT is “${text.slice(0, 20)}”. Give a whole number from 0 (any free port) to 65535, or leave it out for 3000.`,
  );
  return 0;
}

function checkedUrl(
  name: string,
  text: string | undefined,
  protocols: readonly string[],
  faults: string[],
): string | undefined {
  if (text === undefined) return undefined;
  const allowed = protocols.map((protocol) => `${protocol}//…`).join(' or ');
  // A MongoDB address may name several hosts, which URL refuses: only its beginning is checked here.
  const known = protocols.some((protocol) => text.startsWith(`${protocol}//`) && text.length > protocol.length + 2);
  if (known && (text.startsWith('mongodb') || URL.canParse(text))) return text;
  faults.push(`${name} is no address of the kind ${allowed}. Mend it, or leave it out.`);
  return undefined;
}
