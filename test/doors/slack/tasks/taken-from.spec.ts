import { expect } from 'chai';
import type { SlackContext } from '../../../../src/doors/slack/context.ts';
import type { About } from '../../../../src/doors/slack/forms/about.ts';
import { takenFrom } from '../../../../src/doors/slack/tasks/from-message.ts';

const label = { trust: 'outside', source: { kind: 'app', app: 'app:Shop' } };
const slack = { identity: { teamId: 'T1', botUserId: 'U1' } } as SlackContext;
const about = { action: 'create_task', pod: 'p_1', channel: 'C1', fixed: {}, stored: {} } as unknown as About;

describe('a form that a stranger’s words have filled in', () => {
  it('has their label on every field of it, whatever the person changes there', () => {
    const from = { label, filled: { title: 'a digest', text: 'another' } } as About['from'];
    expect(takenFrom(slack, { ...about, from } as About)).to.deep.equal({
      kind: 'slack',
      team: 'T1',
      channel: 'C1',
      taken: { title: label, text: label },
    });
  });

  it('has none where a member wrote them', () => {
    expect(takenFrom(slack, about)).to.equal(undefined);
  });
});
