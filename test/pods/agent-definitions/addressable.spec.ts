import { expect } from 'chai';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { mayAddress, notAddressable } from '../../../src/pods/agent-definitions/addressable.ts';
import type { AddressableBy, AgentDoc } from '../../../src/pods/agent-definitions/agent.ts';
import type { PersonDoc } from '../../../src/pods/people/person.ts';

const person = (more: Partial<PersonDoc> = {}) =>
  ({ id: 'person:ben', handle: 'ben', email: 'ben@example.com', role: 'member', ...more }) as PersonDoc;
const may = (
  addressableBy: AddressableBy,
  more: { id?: ParticipantId; podOwner?: boolean; person?: PersonDoc | undefined } = {},
) =>
  mayAddress({ addressableBy, owner: 'person:ada' } as unknown as AgentDoc, {
    ...{ id: 'person:ben', person: person(), podOwner: false },
    ...more,
  });

describe('who may set an agent to work', () => {
  it('is every member, where nothing else is said', () => {
    expect(mayAddress({ owner: 'skein' } as AgentDoc, { id: 'agent:x', person: undefined, podOwner: false })).to.equal(
      true,
    );
    expect(may('members')).to.equal(true);
  });

  it('are owners of the pod, of the organisation, and of the agent', () => {
    expect(may('owners')).to.equal(false);
    expect(may('owners', { podOwner: true })).to.equal(true);
    expect(may('owners', { person: person({ role: 'owner' }) })).to.equal(true);
    expect(may('owners', { id: 'person:ada', person: undefined })).to.equal(true);
  });

  it('are people by handle, id or address, in whatever case', () => {
    for (const name of ['ben', '@Ben', 'person:ben', 'Ben@Example.com'])
      expect(may({ people: ['gil', name] }), name).to.equal(true);
    expect(may({ people: ['gil', 'be'] })).to.equal(false);
    expect(
      may({ people: ['ben'] }, { person: person({ id: 'person:x', handle: 'x', email: 'x@example.com' }) }),
    ).to.equal(false);
  });

  it('is no agent or app that works for nobody, but Skein itself', () => {
    for (const id of ['agent:scout', 'app:ci'] as const)
      expect(may('owners', { id, person: undefined })).to.equal(false);
    expect(may('owners', { id: 'skein', person: undefined })).to.equal(true);
  });

  it('is told to others with whom to ask', () => {
    expect(notAddressable({ addressableBy: 'owners' } as AgentDoc, ['Ada', 'Kim'])).to.equal(
      'I take work only from owners, so I leave this. Ask Ada or Kim.',
    );
    expect(notAddressable({ addressableBy: { people: ['ben'] } } as AgentDoc, [])).to.contain(
      'an owner of this organisation',
    );
  });
});
