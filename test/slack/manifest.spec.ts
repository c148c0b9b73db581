// The app manifest is valid for Slack, requests the scopes that the code needs, and explains them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import { parse } from 'yaml';
import { COMMAND_LIST } from '../../src/doors/slack/commands.ts';
import { AGENT_EVENTS, AGENT_SCOPES } from '../../src/practice/slack/state/agent-app.ts';
import { seed } from '../../src/practice/slack/state/seed.ts';

const root = new URL('../../', import.meta.url);
const shared = new URL('../shared/slack/', root);
const read = (path: string, from = root) => readFileSync(new URL(path, from), 'utf8');
const has = (path: string) => existsSync(new URL(path, shared));

interface Manifest {
  features: { slash_commands: { usage_hint: string }[] };
  oauth_config: { scopes: { bot: string[] } };
  settings: { event_subscriptions: { bot_events: string[] }; socket_mode_enabled: boolean };
}

const manifest: Manifest = parse(read('slack-app-manifest.yaml'));
const { bot: scopes } = manifest.oauth_config.scopes;
const { bot_events: events } = manifest.settings.event_subscriptions;

/** The `conversations.*` scopes are one for each type of channel: these methods are called for some types only. */
const ONE_EACH: Readonly<Record<string, string[]>> = {
  'conversations.open': ['im:write'],
  'conversations.invite': ['channels:manage', 'groups:write'],
  'conversations.kick': ['channels:manage', 'groups:write'],
};

/** The Web API methods that the code names. */
function methodsCalled(): string[] {
  const files = readdirSync(new URL('src/slack/', root), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('limiter.ts'),
  );
  const names = files.flatMap((file) =>
    [
      ...read(`src/slack/${file}`).matchAll(
        /'((?:chat|conversations|users|files|views|assistant|agents|auth)\.[A-Za-z.]+)'/g,
      ),
    ].map((found) => found[1] ?? ''),
  );
  return [...new Set(names)].sort();
}

describe('slack/manifest', () => {
  it(`is valid by Slack's schema${has('manifest.schema.json') ? '' : ' (skipped: no schema here)'}`, function () {
    if (!has('manifest.schema.json')) return this.skip();
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const valid = ajv.validate(JSON.parse(read('manifest.schema.json', shared)), manifest);
    expect(ajv.errorsText(), ajv.errorsText()).to.equal('No errors');
    expect(valid).to.equal(true);
  });

  it('asks for just what Skein’s app in the practice workspace may do and hears', () => {
    const { app } = seed;
    expect({ scopes: [...app.scopes].sort(), events: [...app.events].sort() }).to.deep.equal({
      scopes: [...scopes].sort(),
      events: [...events].sort(),
    });
  });

  it('hints at every command that /skein help shows', () => {
    const hint = manifest.features.slash_commands[0]?.usage_hint ?? '';
    const words = COMMAND_LIST.flatMap(({ usage }) => /^\/skein (\w+)/.exec(usage)?.[1] ?? []);
    const hinted = words.map((word) => (word === 'pod' ? 'pods' : word));
    expect(hint.replace(/[[\]]/g, '').split(' | ').sort()).to.deep.equal([...new Set(hinted)].sort());
  });

  it('has every scope and every event explained in docs/slack.md', () => {
    const docs = read('docs/slack.md');
    const rows = docs.split('\n').filter((line) => line.startsWith('| `'));
    for (const name of [...scopes, ...events]) {
      expect(
        rows.some((row) => row.split('|')[1]?.includes(`\`${name}\``)),
        name,
      ).to.equal(true);
    }
  });

  it('explains no scope that it does not ask for', () => {
    const section = read('docs/slack.md').split('## Why each scope')[1]?.split('\n## ')[0] ?? '';
    const explained = [...section.matchAll(/^\| `([a-z:._]+)` \|/gm)].map((found) => found[1]);
    expect(explained.sort()).to.deep.equal([...scopes].sort());
  });

  const docs = 'slack-methods-docs-2026-05.json';
  it(`has the scopes of every method that is called${has(docs) ? '' : ' (skipped: no method docs here)'}`, function () {
    if (!has(docs)) return this.skip();
    const methods: Record<string, { scopes: { bot?: string[] } }> = JSON.parse(read(docs, shared));
    const called = methodsCalled();
    expect(called).to.include.members([
      'chat.postMessage',
      'conversations.replies',
      'files.completeUploadExternal',
      'users.info',
    ]);
    for (const method of called) {
      // Missing in the documentation that was used; it needs chat:write.
      if (method === 'agents.sessions.setStatus') continue;
      expect(methods, method).to.have.property(method);
      const wanted = methods[method]?.scopes.bot ?? [];
      const needed = ONE_EACH[method] ?? wanted;
      for (const scope of needed) expect(scopes, `${method} needs ${scope}`).to.include(scope);
    }
  });

  it('subscribes to nothing that the parser does not read', () => {
    const source = read('src/slack/parse/parse-event.ts');
    for (const event of events.map((name) => name.split('.')[0])) expect(source).to.include(`'${event}'`);
  });
});

describe('the manifest of an agent’s own app', () => {
  const own: Manifest = parse(read('manifests/slack/agent.yaml'));
  const { bot } = own.oauth_config.scopes;
  const heard = own.settings.event_subscriptions.bot_events;

  it(`is valid by Slack's schema${has('manifest.schema.json') ? '' : ' (skipped: no schema here)'}`, function () {
    if (!has('manifest.schema.json')) return this.skip();
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.validate(JSON.parse(read('manifest.schema.json', shared)), own);
    expect(ajv.errorsText(), ajv.errorsText()).to.equal('No errors');
  });

  it('asks for no more than the main app’s, and has no command', () => {
    expect(scopes).to.include.members(bot);
    expect(events).to.include.members(heard);
    expect(own.features).not.to.have.property('slash_commands');
  });

  it('asks for just what such an app in the practice workspace may do and hears', () => {
    expect({ scopes: [...AGENT_SCOPES].sort(), events: [...AGENT_EVENTS].sort() }).to.deep.equal({
      ...{ scopes: [...bot].sort(), events: [...heard].sort() },
    });
  });
});
