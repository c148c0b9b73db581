// Reads the environment. Returns the settings, or reports all faults at once, each with its cure.
import { resolve } from 'node:path';
import { InvalidInput } from '../errors.ts';
import { type MailSettings, mailFrom, type SettingsReader } from './mail.ts';
import { nearMisses, PARTS } from './names.ts';
import { type AgentAppSettings, agentAppsFrom, type SlackSettings, slackFrom, wellWritten } from './slack.ts';

export type ModelSettings =
  | { kind: 'stand-in' }
  | {
      kind: 'anthropic';
      apiKey: string;
      baseUrl?: string;
      /** For how long the service may be silent, in milliseconds. Only tests set it. */
      idleMs?: number;
    };

export interface Config {
  dataDir: string;
  mongodbUri?: string;
  slack: SlackSettings;
  /** The agents' own Slack apps. */
  slackAgents: AgentAppSettings[];
  mail: MailSettings;
  model: ModelSettings;
  /** The model of agents whose definition names no model. */
  modelName: string;
  /** The port of the web server; 0 for any free port. */
  port: number;
  publicUrl?: string;
  /** The directory that contains manifests/, skills/ and templates/. */
  home: string;
  /** The environment, for `${NAME}` in tool manifests. */
  env: Readonly<Record<string, string | undefined>>;
  /** Hints that are logged at the start. They are no faults. */
  notes: string[];
}

export const DEFAULT_MODEL = 'claude-opus-5-5';

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the settings. @throws InvalidInput that lists every fault with its cure, without values of secrets */
export function readConfig(env: Env, home: string): Config {
  const { config, faults } = surveyConfig(env, home);
  if (faults.length) throw cantStart(faults, config.notes);
  return config;
}

/** Returns one error that lists all faults. The notes are added because they may explain a fault. */
export function cantStart(faults: readonly string[], notes: readonly string[] = []): InvalidInput {
  const many = faults.length === 1 ? 'one thing needs' : `${faults.length} things need`;
  const lines = [...faults, ...notes].map((each) => `- ${each}`);
  return new InvalidInput(`Skein can't start: ${many} mending.\n${lines.join('\n')}`);
}

/** Returns the settings and the faults. A faulty setting counts as not set. */
export function surveyConfig(env: Env, home: string): { config: Config; faults: readonly string[] } {
  const reader: SettingsReader = { given: (name) => settingOf(env[name]), faults: [], notes: [] };
  notRead(env, reader);
  const { faults, notes } = reader;
  const slack = slackFrom(reader, webAddress(reader, 'SLACK_API_URL')?.replace(/\/*$/, '/'));
  const slackAgents = agentAppsFrom(reader, Object.keys(env), slack.kind);
  const mail = mailFrom(reader, slack.kind === 'practice');
  const model = modelFrom(reader);
  const mongodbUri = mongodbUriFrom(reader);
  const publicUrl = webAddress(reader, 'PUBLIC_URL');
  const port = portFrom(reader);
  const modelName = modelNameFrom(reader);
  notUsedYet(reader);
  const config: Config = {
    dataDir: dataDirOf(env, home),
    ...(mongodbUri ? { mongodbUri } : {}),
    slack,
    slackAgents,
    mail,
    model,
    modelName,
    port,
    ...(publicUrl ? { publicUrl } : {}),
    home,
    env,
    notes,
  };
  return { config, faults };
}

/** Returns the data directory, even if other settings are faulty. */
export function dataDirOf(env: Env, home: string): string {
  return resolve(home, settingOf(env.SKEIN_DATA_DIR) ?? 'data');
}

/** Returns the value without spaces and quotes around it: env files and Docker leave them in, unlike a shell. */
export function settingOf(value: string | undefined): string | undefined {
  const text = value?.trim() ?? '';
  const quoted = /^(["'])(.*)\1$/s.exec(text);
  return (quoted?.[2]?.trim() ?? text) || undefined;
}

function modelFrom(reader: SettingsReader): ModelSettings {
  const { given, faults } = reader;
  const apiKey = given('ANTHROPIC_API_KEY');
  // /v1 is removed, because the SDK adds it.
  const baseUrl = webAddress(reader, 'ANTHROPIC_BASE_URL')?.replace(/(\/v1)?\/*$/, '');
  if (!apiKey) {
    if (given('ANTHROPIC_BASE_URL'))
      faults.push('ANTHROPIC_BASE_URL is set without ANTHROPIC_API_KEY. Set the key that server expects.');
    return { kind: 'stand-in' };
  }
  faults.push(...wellWritten('ANTHROPIC_API_KEY', apiKey));
  return { kind: 'anthropic', apiKey, ...(baseUrl ? { baseUrl } : {}) };
}

function modelNameFrom({ given, faults }: SettingsReader): string {
  const name = given('SKEIN_MODEL') ?? DEFAULT_MODEL;
  if (!/^[\x21-\x7e]{1,100}$/.test(name))
    faults.push(
      `SKEIN_MODEL is not the name of a model. Give one as in ${DEFAULT_MODEL}, or leave it out for that one.`,
    );
  return name;
}

function portFrom({ given, faults }: SettingsReader): number {
  const text = given('PORT') ?? '3000';
  const port = Number(text);
  if (/^\d+$/.test(text) && port < 65_536) return port;
  // The value is shown only if it can't be a secret that was pasted into the wrong line.
  const shown = /^-?[\d.]{1,12}$/.test(text) ? `“${text}”` : 'not a number';
  faults.push(`PORT is ${shown}. Give a whole number from 0 (any free port) to 65535, or leave it out for 3000.`);
  return 0;
}

function webAddress({ given, faults }: SettingsReader, name: string): string | undefined {
  const text = given(name);
  if (text === undefined) return undefined;
  if (URL.canParse(text) && /^https?:\/\/[^/]/.test(text)) return text;
  faults.push(`${name} is not a web address: those begin with https:// or http://. Mend it, or leave it out.`);
  return undefined;
}

/** Checks only the beginning of the address, because `URL` refuses several hosts. The driver checks the rest. */
function mongodbUriFrom({ given, faults }: SettingsReader): string | undefined {
  const text = given('MONGODB_URI');
  if (text === undefined || /^mongodb(\+srv)?:\/\/[^/\s]\S*$/.test(text)) return text;
  faults.push(
    'MONGODB_URI is not the address of a MongoDB: those look like mongodb://host:27017/skein or mongodb+srv://host/skein. Mend it, or leave it out for the embedded store.',
  );
  return undefined;
}

const SECRET_CHARACTERS = 32;

function notUsedYet({ given, faults, notes }: SettingsReader): void {
  const secret = given('SKEIN_SECRET');
  if (!secret) return;
  notes.push('SKEIN_SECRET is set, but this version stores no tokens yet: it is not used.');
  if (secret.length < SECRET_CHARACTERS)
    faults.push(
      `SKEIN_SECRET is too short: give at least ${SECRET_CHARACTERS} characters, as “openssl rand -hex 32” makes them.`,
    );
}

/**
 * Reports misspelt names. It is a fault if a part would silently be the practice one because of the name; otherwise it
 * is a note.
 */
function notRead(env: Env, { given, faults, notes }: SettingsReader): void {
  for (const { name, meant } of nearMisses(Object.keys(env), (one) => settingOf(env[one]) !== undefined)) {
    const note = `${name} is set, which Skein does not read. Did you mean ${meant}?`;
    const part = PARTS.find(({ starters }) => starters.includes(meant));
    if (!part || part.starters.some((starter) => given(starter))) notes.push(note);
    else
      faults.push(
        `${note} Without ${meant}, ${part.without}. Rename it; or if it is another program's, leave it out here: env -u ${name} npm start.`,
      );
  }
}
