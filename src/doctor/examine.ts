// The doctor: starts all checks of the settings at once. They do not depend on each other.
import { type Config, surveyConfig } from '../config/config.ts';
import { readVersion, type Version } from '../config/version.ts';
import { type Shipped, surveyShipped } from '../manifests/read.ts';
import { checkDirectory } from '../store/check-directory.ts';
import { checkMongo } from '../store/mongo/check-mongo.ts';
import { tryStore } from '../store/try-store.ts';
import { TEXTS } from '../texts/texts.ts';
import { type Check, type Checked, type Finding, faultOf, ok, runCheck, warning } from './check.ts';
import { directoryFinding, mongoFinding, nodeFinding, storeFinding } from './machine.ts';
import { withoutSecrets } from './secrets.ts';
import { GREETING, queueFindings, type ServerChecked, serverFinding, serverStoreFinding } from './server.ts';
import { agentAppChecks, mailChecks, modelChecks, slackChecks, toolChecks } from './services.ts';
import {
  faultyParts,
  manifestFault,
  noMail,
  notTried,
  type Part,
  practiceFinding,
  settingsFindings,
  wiringOf,
} from './settings.ts';

/** The answer of the running server to the doctor's question. */
export type ServerAsked =
  | { kind: 'runs'; checked: ServerChecked }
  | { kind: 'absent'; message: string }
  | { kind: 'fails'; message: string };

export interface DoctorDeps {
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** The answer of the running server. Never rejects. */
  server: Promise<ServerAsked>;
  /** Formats a time in milliseconds: `5 min`. */
  ageOf(ms: number): string;
}

export interface Examination {
  version: string;
  /** The checks, in the order in which they are shown. None of them rejects. */
  checks: Promise<Checked[]>[];
}

const now = () => performance.now();

export async function examine(deps: DoctorDeps): Promise<Examination> {
  const { env, home } = deps;
  const { config, faults } = surveyConfig(env, home);
  const faulty = faultyParts(faults);
  const [version, shipped] = await Promise.all([readVersion(), shippedOf(home, env)]);
  const checks = [
    simply('Node', () => nodeFinding(process.versions.node, version.node)),
    simply('Settings', () => settingsFindings(faults, config.notes)),
    ...machineChecks(config, faulty, deps),
    ...serverChecks(config, faulty, version, deps),
    ...serviceChecks(config, faulty, shipped),
    simply('Manifests', () => shipped.findings),
    ...toolChecks(shipped.read?.servers ?? []),
  ];
  const tools = { now, clean: withoutSecrets(env) };
  return { version: version.version, checks: checks.map((check) => runCheck(tools, check)) };
}

/** Builds a check that needs no waiting. */
function simply(part: string, find: () => Finding | Finding[]): Check {
  return { part, cure: 'Look at the line above.', run: async () => find() };
}

function machineChecks(config: Config, faulty: ReadonlySet<Part>, { server }: DoctorDeps): Check[] {
  const { dataDir, mongodbUri } = config;
  const directory: Check = {
    part: 'Data directory',
    cure: 'Let this user write there, or name another directory in SKEIN_DATA_DIR.',
    run: async () => directoryFinding(dataDir, await checkDirectory(dataDir)),
  };
  const store: Check = {
    part: 'Store',
    cure: mongodbUri
      ? 'Look into the log of MongoDB, and whether this machine reaches it.'
      : 'Look into the log of the server; if none runs, whether the disk works.',
    async run() {
      if (faulty.has('store')) return notTried;
      const asked = await server;
      if (asked.kind === 'runs') return serverStoreFinding(asked.checked, storeFinding);
      return storeFinding(await tryStore(config, now));
    },
  };
  if (!mongodbUri) return [directory, store];
  const cure = 'Look into the log of MongoDB, and whether this machine reaches it.';
  return [
    directory,
    store,
    { part: 'MongoDB', cure, run: async () => mongoFinding(await checkMongo(mongodbUri, now)) },
  ];
}

function serverChecks(
  config: Config,
  faulty: ReadonlySet<Part>,
  { version }: Version,
  { server, ageOf }: DoctorDeps,
): Check[] {
  const serverCure = 'Look into its log, and start it again.';
  const running: Check = {
    part: 'Server',
    cure: serverCure,
    async run() {
      const asked = await server;
      if (asked.kind === 'fails') return faultOf(asked.message, serverCure);
      if (asked.kind === 'absent') return warning('Skein is not running here.', 'Start it with “npm start”.');
      const { checked } = asked;
      const here = { version, wiring: wiringOf(config), since: ageOf(checked.age) };
      return [serverFinding(checked, here), ...queueFindings(checked)];
    },
  };
  const addressCure = 'Lead that address to the port of Skein (PORT), for example by a proxy.';
  const address: Check = {
    part: 'PUBLIC_URL',
    cure: addressCure,
    async run(signal) {
      const { publicUrl, slack } = config;
      if (faulty.has('web')) return notTried;
      if (!publicUrl) return ok('Not set: the page and links work on this machine only.');
      if (slack.kind === 'practice')
        return warning('It is not used while the practice Slack runs: nobody from outside comes in.', 'Connect Slack.');
      if ((await server).kind === 'absent')
        return warning('It was not tried: Skein is not running.', 'Start it first.');
      return addressFinding(publicUrl, signal, addressCure);
    },
  };
  return [running, address];
}

async function addressFinding(url: string, signal: AbortSignal, cure: string): Promise<Finding> {
  try {
    const response = await fetch(url, { signal });
    if ((await response.text()).startsWith(GREETING)) return ok(`${url} answers as Skein.`);
    return { kind: 'fault', says: `${url} answers (${response.status}), but not as Skein.`, cure };
  } catch (error) {
    const { cause } = error as { cause?: { code?: string } };
    return { kind: 'fault', says: `Nothing answers at ${url} (${cause?.code ?? 'no connection'}).`, cure };
  }
}

function serviceChecks(config: Config, faulty: ReadonlySet<Part>, shipped: ShippedFound): Check[] {
  const { slack, mail, model, modelName } = config;
  const parts: [Part, 'Slack' | 'Mail' | 'Model', () => Check[] | Finding][] = [
    [
      'slack',
      'Slack',
      () =>
        (slack.kind === 'practice'
          ? [simply('Slack', () => practiceFinding('Slack'))]
          : slackChecks(slack, config)
        ).concat(agentAppChecks(config.slackAgents, { ...config, main: slack }, handlesOf(shipped))),
    ],

    [
      'mail',
      'Mail',
      () => {
        if (mail.kind === 'mailbox') return mailChecks(mail);
        return mail.kind === 'off' ? noMail : practiceFinding('Mail');
      },
    ],
    [
      'model',
      'Model',
      () =>
        model.kind === 'stand-in' ? practiceFinding('Model') : modelChecks(model, modelNames(modelName, shipped.read)),
    ],
  ];
  return parts.flatMap(([part, name, find]) => {
    const found = faulty.has(part) ? notTried : find();
    return Array.isArray(found) ? found : [simply(name, () => found)];
  });
}

function handlesOf({ read }: ShippedFound): string[] {
  return (read?.agents ?? []).map(({ input }) => input.handle);
}

/** Returns the names of the models to check: the configured one, and those of shipped agents. */
function modelNames(modelName: string, shipped: Shipped | undefined): string[] {
  const named = (shipped?.agents ?? []).flatMap(({ input }) => (typeof input.model === 'string' ? [input.model] : []));
  return [...new Set([modelName, ...named])];
}

interface ShippedFound {
  read?: Shipped;
  findings: Finding[];
}

async function shippedOf(home: string, env: DoctorDeps['env']): Promise<ShippedFound> {
  const { problems, warnings, ...read } = await surveyShipped(home, env);
  const warned = warnings.map((each) => warning(each, 'Correct it there; the skill is used all the same.'));
  if (problems.length) return { findings: [manifestFault(problems), ...warned] };
  const { agents, skills, servers, workflows } = read;
  const counts = `Agents: ${agents.length}, skills: ${skills.length}, tool servers: ${servers.length}, workflows: ${workflows.length}, texts: ${Object.keys(TEXTS).length}`;
  const says = `They can be read. ${counts}.`;
  return { read, findings: [ok(says), ...warned] };
}
