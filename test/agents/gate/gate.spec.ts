// The gate: its rules in their order, and the first verdict counts.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { gate, verdictOn } from '../../../src/agents/gate/gate.ts';
import { RULES } from '../../../src/agents/gate/rules.ts';
import { type AnyRule, refuse, rule } from '../../../src/agents/gate/verdict.ts';
import { NotAllowed } from '../../../src/errors.ts';
import { refusal } from '../../pods/build.ts';
import { aCall, aToolCall, unread } from './rules/facts.ts';

describe('the gate', () => {
  it('asks its rules in this order: what nobody can lift first, what a person could approve last', () => {
    expect(RULES.map(({ name }) => name)).to.deep.equal([
      ...['stopped', 'policy', 'rights', 'tool rights', 'given on', 'audience', 'fresh ears', 'conflicts'],
      ...['checkpoints', 'result only', 'drafts', 'involvement', 'elsewhere', 'unanswered', 'approval', 'provenance'],
    ]);
  });

  it('has a file and a spec for each rule', () => {
    const specs = readdirSync(join(import.meta.dirname, 'rules')).filter((name) => name.endsWith('.spec.ts'));
    const files = readdirSync(join(import.meta.dirname, '../../../src/agents/gate/rules'));
    const named = RULES.map(({ name }) => name.replace(' ', '-')).sort();
    expect(files.map((name) => name.replace('.ts', '')).sort()).to.deep.equal(named);
    expect(specs.map((name) => name.replace('.spec.ts', '')).sort()).to.deep.equal(named);
  });

  const saying = (name: string, asked: string[], why?: string): AnyRule =>
    rule({
      name,
      load: async () => {
        asked.push(name);
        return {};
      },
      judge: () => (why ? refuse(why, 'Ask Ada.') : undefined),
    });

  it('gives the first verdict, and reads nothing for the rules behind it', async () => {
    const asked: string[] = [];
    const rules = [saying('a', asked), saying('b', asked, 'No.'), saying('c', asked, 'Never.')];
    expect(await verdictOn(unread, aCall(), rules)).to.deep.equal({ kind: 'refuse', why: 'No.', whoMay: 'Ask Ada.' });
    expect(asked).to.deep.equal(['a', 'b']);
  });

  it('lets run what no rule has anything against', async () => {
    expect(await verdictOn(unread, aCall(), [saying('a', [])])).to.deep.equal({ kind: 'run' });
  });

  it('passes over a rule that a call does not concern', async () => {
    const unconcerned = rule<object>({ name: 'a', load: async () => undefined, judge: () => refuse('No.') });
    expect(await verdictOn(unread, aCall(), [unconcerned])).to.deep.equal({ kind: 'run' });
  });

  it('refuses with the reason and with who may', async () => {
    const error = await refusal(gate(unread, aCall({ call: aToolCall({ policy: 'deny' }) })));
    expect(error).to.be.instanceOf(NotAllowed);
    expect(error.message).to.equal(
      "mcp:crm/find is switched off in the server's manifest. Do without it, or ask the owner.",
    );
  });
});
