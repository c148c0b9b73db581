// Shipped agents and skills speak only of tools that their agents have.
import { resolve } from 'node:path';
import { expect } from 'chai';
import { makeLogger } from '../../src/logger.ts';
import { readShipped } from '../../src/manifests/read.ts';
import { ACTIONS } from '../../src/pods/actions.ts';

const HOME = resolve(import.meta.dirname, '../..');

/** The names of tools in a text: `create_task`, and `ask` in brackets, as the instructions write it. */
function namesIn(text: string): string[] {
  const named = [...text.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)].map(([name]) => name);
  const bracketed = [...text.matchAll(/\(([a-z]+)\)/g)].map(([, name = '']) => name);
  return [...new Set([...named, ...bracketed])].filter((name) => ACTIONS.has(name));
}

describe('the instructions of shipped agents', () => {
  it('name no tool that the agent lacks, in its own instructions or in those of its skills', async () => {
    const { agents, skills } = await readShipped(
      HOME,
      {},
      makeLogger(() => {}, Date.now),
    );
    const of = (input: Record<string, unknown>, field: string) => (input[field] ?? []) as readonly string[];
    const named = agents.flatMap(({ input }) => {
      const theirs = skills.filter((skill) => of(input, 'skills').includes(String(skill.input.name)));
      const text = [input, ...theirs.map((skill) => skill.input)].map(({ instructions }) => String(instructions));
      return namesIn(text.join('\n')).map((name) => `${input.handle}: ${name}`);
    });
    const have = agents.flatMap(({ input }) => of(input, 'tools').map((name) => `${input.handle}: ${name}`));
    expect(named.length).to.be.above(10);
    expect(named.filter((one) => !have.includes(one))).to.deep.equal([]);
  });
});
