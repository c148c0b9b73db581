// The tiers of the tests, and the one list that says which spec is in which. test/repository/tiers.spec.ts holds it.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A spec is in the tier of the longest path that leads to it. `quick`: neither processes nor sockets, and no plays of
 * hundreds of histories or mails; `system`: the rest.
 */
export const TIERS = {
  quick: [
    'agents',
    'bench',
    'config',
    'digest',
    'doctor',
    'doors',
    'due',
    'email',
    'inbox',
    'lanes',
    'log',
    'manifests',
    'outbox',
    'pods',
    'practice/drawing',
    'practice/model/planner',
    'repository',
    'skills',
    'slack',
    'start',
    'store',
    'texts',
    'tools',
    'cli/install.spec.ts',
    'cli/show.spec.ts',
    'errors.spec.ts',
    'logger.spec.ts',
    'practice/lines.spec.ts',
    'secrets.spec.ts',
  ],
  system: [
    'agents/model',
    'pods/growth/actions.spec.ts',
    'chaos',
    'cli',
    'doors/web',
    'email/send',
    'journeys',
    'parity',
    'practice',
    'protocol',
    'slack/receive',
    'tools/mcp',
    'week',
    'agents/gate/tool-rights.spec.ts',
    'agents/runs/commands.spec.ts',
    'agents/runs/odd-answers.spec.ts',
    'agents/sessions/local-day.spec.ts',
    'doctor/agent-apps.spec.ts',
    'doctor/services.spec.ts',
    'doors/cli/door.spec.ts',
    'doors/slack/carriers.spec.ts',
    'doors/typed/fields.spec.ts',
    'due/agenda.spec.ts',
    'email/corpus.spec.ts',
    'email/parse/read-mail.spec.ts',
    'email/receive/check-imap.spec.ts',
    'email/receive/listen-imap.spec.ts',
    'outbox/erase-every-word.spec.ts',
    'pods/needs/told.spec.ts',
    'repository/growth.spec.ts',
    'slack/check-slack.spec.ts',
    'slack/emulate.spec.ts',
    'slack/send/patiently.spec.ts',
    'slack/send/send.spec.ts',
    'start/texts.spec.ts',
    'store/embedded/cut-log.spec.ts',
    'store/embedded/database.spec.ts',
    'store/embedded/wipe-pages.spec.ts',
    'store/mongo.spec.ts',
    'store/owner.spec.ts',
    'tools/mcp-http.spec.ts',
  ],
};

/** Every spec below `test/`, without that. */
export function specsIn(home) {
  const names = readdirSync(join(home, 'test'), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.spec.ts')).sort();
}

export function tierOf(spec) {
  const leading = Object.entries(TIERS).flatMap(([tier, paths]) =>
    paths.filter((path) => leads(path, spec)).map((path) => ({ tier, path })),
  );
  return leading.sort((a, b) => b.path.length - a.path.length)[0]?.tier;
}

/** `pods` leads to `pods/rebuild.spec.ts`, and a spec to itself. */
export function leads(path, spec) {
  return spec === path || spec.startsWith(`${path}/`);
}
