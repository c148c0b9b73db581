import { expect } from 'chai';
import fc from 'fast-check';
import type { Commit } from '../../src/log/commit.ts';
import { fold } from '../../src/log/fold.ts';
import type { ViewDoc } from '../../src/log/view.ts';
import { type Change, KINDS } from '../../src/pods/kinds.ts';
import { everyChange } from './changes.ts';

const meta = { pod: 'p', seq: 1, at: 1, actor: 'person:ada' } as const;
const changes = everyChange('word');

describe('views', () => {
  for (const view of new Set(changes.map((change) => change.on)))
    it(`never throw: ${view}, whatever happens in whatever order, are plain JSON and leave the one before as it was`, () => {
      const own = changes.filter((change) => change.on === view);
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...own), { maxLength: 12 }), (some) => {
          let doc: ViewDoc | undefined;
          for (const [n, change] of some.entries()) {
            const before = JSON.stringify(doc);
            const next = fold(KINDS, doc, [change], aCommit(change, n + 1));
            expect(JSON.stringify(doc), change.type).to.equal(before);
            if (next) expect(JSON.parse(JSON.stringify(next))).to.deep.equal(next);
            doc = next;
          }
        }),
      );
    });

  it('make nothing of a change to something that is not there', () => {
    const first = ['pod_created', 'member_added', 'conversation_started', 'message_posted', 'task_created', 'file_put'];
    const also = ['version_put', 'note_recorded', 'person_registered', 'person_updated', 'agent_created'];
    const makers = new Set([
      ...first,
      ...also,
      'message_recalled',
      'skill_imported',
      'skill_updated',
      'address_claimed',
      'mail_held',
      'digest_set',
      'hours_set',
      'away_set',
      'digest_closed',
      'agents_woken',
      'call_permitted',
      'question_asked',
      'trace_found',
      'need_opened',
      'need_heard',
      'telling_set',
      'hearing_put_off',
      'notice_sent',
      'digest_mailed',
      ...['workflow_imported', 'workflow_started'],
      'repeat_set',
      ...['app_reported', 'app_lost', 'app_heard', 'app_admitted'],
    ]);
    for (const change of changes)
      expect(KINDS.get(change.on)?.evolve(undefined, change, meta) !== undefined, change.type).to.equal(
        makers.has(change.type),
      );
  });

  it('keep nothing of an erased text', () => {
    for (const [maker, editor, eraser] of [
      ['message_posted', 'message_edited', 'message_erased'],
      ['task_created', 'task_updated', 'task_erased'],
      ['task_created', 'task_moved', 'task_erased'],
      ['conversation_started', 'message_added', 'title_erased'],
      ['note_recorded', 'note_recorded', 'note_erased'],
      ['question_asked', 'question_answered', 'question_erased'],
      ['file_put', 'file_put', 'file_erased'],
      ['version_put', 'version_put', 'version_erased'],
    ]) {
      const kinds = [maker, editor, eraser].map((type) => changes.find((change) => change.type === type) as Change);
      const doc = fold(KINDS, undefined, kinds, aCommit(kinds[0] as Change, 1));
      expect(doc, eraser).to.have.property('erased');
      expect(JSON.stringify(doc), eraser).not.to.match(/b_1|b_2|b_t|word/);
    }
  });
});

function aCommit(change: Change, seq: number): Commit {
  const base = { v: 1, id: `p:${seq}`, rev: 1, ...meta, seq, via: 'slack', key: `${seq}`, inputHash: '' } as const;
  return { ...base, action: 'x', changes: [change], deliveries: [], result: {}, pending: true };
}
