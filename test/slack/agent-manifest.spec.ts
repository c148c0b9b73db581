// The manifest that is made for an agent is one that Slack takes, whatever the agent is called.
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type AgentManifest, agentManifest, asYaml, createLink } from '../../src/slack/agent-manifest.ts';

const root = new URL('../../', import.meta.url);
const schema = new URL('../shared/slack/manifest.schema.json', root);
const template: AgentManifest = parse(readFileSync(new URL('manifests/slack/agent.yaml', root), 'utf8'));

const words = (most: number) =>
  fc.string({ minLength: 1, maxLength: most, unit: 'grapheme' }).map((text) => `a${text}`);
const profile = fc.record({ name: words(80), purpose: words(300), owner: words(100) });

describe('the manifest of one agent', () => {
  it('says what the agent is for and who owns it, and keeps scopes and events of the file', () => {
    const made = agentManifest(template, { name: 'Scout', purpose: 'Looks things up.', owner: 'Ben Okafor' });
    expect(made.display_information).to.deep.include({
      name: 'Scout',
      description: 'Looks things up. Ask Ben Okafor about it.',
    });
    expect(made.display_information.long_description).to.contain('It belongs to Ben Okafor');
    const {
      display_information: _shown,
      features: _features,
      ...rest
    } = made as AgentManifest & Record<string, unknown>;
    const { display_information: _s, features: _f, ...same } = template as AgentManifest & Record<string, unknown>;
    expect(rest).to.deep.equal(same);
    expect(JSON.stringify(made)).not.to.contain('Scribe');
  });

  it('is within Slack’s lengths, and the same in the link and as YAML, whatever the words', () => {
    fc.assert(
      fc.property(profile, (about) => {
        const made = agentManifest(template, about);
        const { name, description, long_description = '' } = made.display_information;
        expect(name.length).to.be.within(1, 35);
        expect(description.length).to.be.within(1, 140);
        expect(long_description.length).to.be.within(175, 4000);
        expect(made.features.agent_view.agent_description.length).to.be.at.most(300);
        const linked = new URL(createLink(made)).searchParams.get('manifest_json') ?? '';
        expect(JSON.parse(linked)).to.deep.equal(JSON.parse(JSON.stringify(made)));
        expect(parse(asYaml(made))).to.deep.equal(JSON.parse(JSON.stringify(made)));
      }),
      { numRuns: 200 },
    );
  });

  it(`is valid by Slack's schema${existsSync(schema) ? '' : ' (skipped: no schema here)'}`, function () {
    if (!existsSync(schema)) return this.skip();
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const made = agentManifest(template, { name: 'Scout', purpose: 'Looks.', owner: 'Ben' });
    ajv.validate(JSON.parse(readFileSync(schema, 'utf8')), made);
    expect(ajv.errorsText()).to.equal('No errors');
  });
});
