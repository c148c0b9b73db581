// json-schema: inputs against the schemas of strangers, which may be wrong, beyond what is supported, or meant to harm.

import { expect } from 'chai';
import fc from 'fast-check';
import { checkInput } from '../../src/tools/json-schema.ts';

const PERSON = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 } },
  required: ['name'],
  additionalProperties: false,
};

describe('checking an input', () => {
  it('passes what fits', () => {
    expect(checkInput(PERSON, { name: 'Ada', age: 36 })).to.deep.equal({ kind: 'valid' });
  });

  it('names each field that does not fit', () => {
    const check = checkInput(PERSON, { age: -1, extra: true });
    expect(check.kind).to.equal('invalid');
    const problems = check.kind === 'invalid' ? check.problems : '';
    expect(problems).to.contain('at name').and.to.contain('at age').and.to.contain('extra');
  });

  it('leaves what it cannot check to the server, and says why', () => {
    for (const schema of [
      { type: 'object', not: { required: ['a'] } },
      { $ref: 'https://a.example/s' },
      { type: 'thing' },
    ]) {
      const check = checkInput(schema, {});
      expect(check, JSON.stringify(schema)).to.have.property('kind', 'unchecked');
      expect(check, JSON.stringify(schema)).to.have.property('why').that.is.a('string').and.not.equal('');
    }
  });

  it('survives a schema that refers to itself without end', () => {
    const schema = { $defs: { a: { $ref: '#/$defs/a' } }, $ref: '#/$defs/a' };
    expect(checkInput(schema, {}).kind).to.equal('unchecked');
  });

  it('checks schemas that refer to themselves with an end', () => {
    const schema = { type: 'object', properties: { child: { $ref: '#' }, n: { type: 'number' } } };
    expect(checkInput(schema, { child: { child: { n: 1 } } }).kind).to.equal('valid');
    expect(checkInput(schema, { child: { child: { n: 'x' } } }).kind).to.equal('invalid');
  });

  it('never runs a regular expression of a stranger', () => {
    const endless = '^(a+)+$';
    const text = `${'a'.repeat(40)}!`;
    const schema = {
      type: 'object',
      properties: { a: { type: 'string', pattern: endless } },
      patternProperties: { [endless]: { type: 'string' } },
      additionalProperties: false,
    };
    expect(checkInput(schema, { a: text, [text]: text }).kind).to.equal('valid');
  });

  it('still knows a property that is called pattern, and data that holds one', () => {
    const schema = {
      type: 'object',
      properties: { pattern: { type: 'string' }, kind: { const: { pattern: 'x' } } },
      required: ['pattern'],
    };
    expect(checkInput(schema, { pattern: '*.ts' }).kind).to.equal('valid');
    expect(checkInput(schema, { pattern: 5 }).kind).to.equal('invalid');
  });

  it('never throws, whatever the schema', () => {
    const keyword = fc.constantFrom(
      'type',
      'properties',
      'items',
      'anyOf',
      '$ref',
      'enum',
      'pattern',
      'required',
      'format',
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.dictionary(keyword, fc.jsonValue())), fc.jsonValue(), (schema, input) => {
        expect(checkInput(schema, input).kind).to.be.oneOf(['valid', 'invalid', 'unchecked']);
      }),
    );
  });
});
