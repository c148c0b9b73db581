// Schemas as a model reads them: without what only costs tokens.
import { expect } from 'chai';
import { z } from 'zod';
import { schemaOf } from '../../../src/tools/from-actions/action-spec.ts';
import { leanSchema } from '../../../src/tools/from-actions/lean-schema.ts';

describe('the schema of a tool', () => {
  it('leaves out limits that tell a model nothing', () => {
    const input = z.strictObject({
      name: z.string().min(1).max(200).describe('As in plans/launch.md'),
      base64: z.string().max(28_000_000).optional(),
      due: z.iso.date().nullable(),
      base: z.int().min(0),
      input: z.record(z.string(), z.unknown()),
    });
    expect(schemaOf(input)).to.deep.equal({
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 200, description: 'As in plans/launch.md' },
        base64: { type: 'string' },
        due: { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
        base: { type: 'integer', minimum: 0 },
        input: { type: 'object', additionalProperties: {} },
      },
      required: ['name', 'due', 'base', 'input'],
      additionalProperties: false,
    });
  });

  it('leaves a field as it is, whatever its name, and what is data', () => {
    const schema = {
      properties: { pattern: { type: 'string', pattern: '^a$' }, minLength: { default: { minLength: 1 } } },
    };
    expect(leanSchema(schema)).to.deep.equal(schema);
  });
});
