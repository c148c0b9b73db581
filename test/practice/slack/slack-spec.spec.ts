// Holds the practice Slack's method table against Slack's own descriptions of its Web API.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { genericErrors } from '../../../src/practice/slack/api/method.ts';
import { methods } from '../../../src/practice/slack/api/methods.ts';
import { type PracticeSlack, startPracticeSlack } from '../../../src/practice/slack/server.ts';
import { WIDE } from './practice.ts';

interface Described {
  args: Record<string, 'required' | 'one-of' | 'optional'>;
}

interface Documented {
  errors: string[];
}

const folder = join(import.meta.dirname, '../../../../shared/slack');

describe('the practice Slack held against the Web API’s description', () => {
  if (!existsSync(folder)) {
    it('is skipped: there is no ../shared/slack beside the checkout');
    return;
  }
  const read = <T>(name: string): Record<string, T> => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const spec = read<Described>('webapi-8.2-spec.json');
  const documented = read<Documented>('slack-methods-docs-2026-05.json');
  let slack: PracticeSlack;

  before(async () => {
    slack = await startPracticeSlack({ clock: () => 1_795_000_000_000, seed: WIDE });
  });
  after(() => slack.stop());

  async function call(method: string, args: Record<string, string>) {
    const token = methods[method]?.token === 'app' ? slack.appToken : slack.botToken;
    const response = await fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: new URLSearchParams(args),
    });
    return (await response.json()) as { ok: boolean; error?: string; response_metadata?: { messages?: string[] } };
  }

  /** Refused because an argument is missing, in whichever of Slack's ways. */
  function isMissing(method: string, answer: Awaited<ReturnType<typeof call>>): boolean {
    const sentence =
      answer.response_metadata?.messages?.some((message) => message.includes('missing required field: ')) ?? false;
    const told = Object.values(methods[method]?.missing ?? {}).includes(answer.error ?? '');
    return !answer.ok && (told || (answer.error === 'invalid_arguments' && sentence));
  }

  const named = (method: string, kinds: string[]) =>
    Object.entries(spec[method]?.args ?? {})
      .filter(([, kind]) => kinds.includes(kind))
      .map(([name]) => name);

  const dummy = (names: string[]) => Object.fromEntries(names.map((name) => [name, SAMPLES[name] ?? 'x']));

  for (const method of Object.keys(methods)) {
    it(`${method} is a method of Slack`, () => {
      expect(spec).to.have.property(method);
    });

    for (const required of named(method, ['required'])) {
      it(`${method} is refused without ${required}`, async () => {
        const given = named(method, ['required', 'one-of']).filter((name) => name !== required);
        expect(isMissing(method, await call(method, dummy(given)))).to.equal(true);
      });
    }

    it(`${method} with all it requires is not refused as missing something`, async () => {
      const answer = await call(method, dummy(named(method, ['required', 'one-of'])));
      expect(isMissing(method, answer), JSON.stringify(answer)).to.equal(false);
    });

    const page = documented[method];
    // Newer than the pages: their errors can't be compared.
    if (page === undefined) continue;
    it(`${method} refuses only with errors that its page documents`, () => {
      const known = [...page.errors, ...genericErrors];
      const own = [...(methods[method]?.errors ?? []), ...Object.values(methods[method]?.missing ?? {})];
      expect(own.filter((error) => !known.includes(error))).to.deep.equal([]);
    });
  }
});

const SAMPLES: Record<string, string> = {
  channel: 'C0LAUNCH01',
  channel_id: 'C0LAUNCH01',
  users: 'U0ADALIND1',
  user: 'U0ADALIND1',
  files: '[{"id":"F1"}]',
  view: '{"type":"modal","title":{"type":"plain_text","text":"x"},"blocks":[]}',
  blocks: '[{"type":"divider"}]',
  attachments: '[]',
  prompts: '[{"title":"a","message":"b"}]',
  length: '3',
  timestamp: '1.000001',
};
