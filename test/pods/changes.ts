// One change of every kind, for tests that must cover all. A new kind does not compile until it is added here.
import type { Change } from '../../src/pods/kinds.ts';

type Kind = Change['type'];
type Rest<C> = C extends Change ? Omit<C, 'v' | 'type'> : never;
type Every = { [K in Kind]: Rest<Extract<Change, { type: K }>> };

/** `word` is used for each text that a person can write. */
export function everyChange(word: string, id = 'x'): Change[] {
  const content = { version: 1, hash: word, size: 1, mime: 'text/plain' };
  const facts = { name: word, handle: 'packer', role: 'member', state: 'in' } as const;
  const skill = { description: word, instructions: word, allowedTools: [], files: [] };
  const place = { kind: 'none' } as const;
  const agent = {
    ...{ name: word, avatar: {}, purpose: word, instructions: word, tools: [] },
    budget: { turns: 1, tokens: 1 },
  };
  const every: Every = {
    pod_created: { on: 'pods', id, name: word, purpose: word, place, placeKey: '', direct: false },
    pod_updated: { on: 'pods', id, name: word, purpose: word },
    pod_archived: { on: 'pods', id },
    pod_restored: { on: 'pods', id },
    task_counted: { on: 'pods', id, number: 1 },
    member_added: { on: 'members', id, who: 'person:ben', role: 'member' },
    role_changed: { on: 'members', id, role: 'owner' },
    member_removed: { on: 'members', id },
    conversation_started: { on: 'conversations', id, titleRef: 'b_t', place, placeKey: '' },
    message_added: { on: 'conversations', id, by: 'person:ben', addressed: ['agent:scribe'] },
    work_given: { on: 'conversations', id, agents: ['agent:scribe'], begins: true },
    agents_called: { on: 'conversations', id },
    conversation_mailed: { on: 'conversations', id, people: ['person:ben'], messageId: '<1@b.example>' },
    conversation_recalled: { on: 'conversations', id, people: ['person:ben'], whole: true },
    conversation_placed: { on: 'conversations', id, place, placeKey: '' },
    title_erased: { on: 'conversations', id, reasonRef: 'b_why' },
    question_opened: { on: 'conversations', id, question: 'q' },
    question_closed: { on: 'conversations', id, question: 'q' },
    question_unanswered: {
      ...{ on: 'conversations', id, question: 'q', number: 1, agent: 'agent:scribe', asked: ['person:ben'] },
      role: 'owners',
    },
    unanswered_lifted: { on: 'conversations', id, questions: ['q'] },
    question_asked: {
      ...{ on: 'questions', id, number: 1, conversation: 'c', message: 'm', body: 'b_1', options: ['b_2'] },
      ...{ asked: ['person:ben'], needed: 1, dueAt: 1 },
    },
    question_answered: { on: 'questions', id, by: 'person:ben', choice: 'b_2', words: 'b_1' },
    question_awaited: { on: 'questions', id },
    question_reminded: { on: 'questions', id, dueAt: 2 },
    question_passed: { on: 'questions', id, from: ['person:ben'], to: 'owners', why: 'left', dueAt: 2 },
    question_extended: { on: 'questions', id, neededBy: 3 },
    question_expired: { on: 'questions', id, hearer: 'agent:scribe', hearsIn: 'c' },
    question_withdrawn: { on: 'questions', id, why: 'done', hearer: 'agent:scribe', hearsIn: 'c' },
    question_erased: { on: 'questions', id },
    run_stopped: { on: 'conversations', id, agent: 'agent:scribe' },
    message_posted: { on: 'messages', id, conversation: 'c', by: 'person:ben', body: 'b_1', at: 1, places: [] },
    message_recalled: { on: 'messages', id, conversation: 'c', by: 'person:ben', body: 'b_1', at: 1, places: [] },
    message_edited: { on: 'messages', id, body: 'b_2', at: 2 },
    message_erased: { on: 'messages', id, reasonRef: 'b_why' },
    offer_taken: { on: 'messages', id, agent: 'agent:scribe' },
    message_retried: { on: 'messages', id, by: 'person:ben' },
    message_sent: { on: 'messages', id, places: ['slack:T:C:1'] },
    task_created: { on: 'tasks', id, number: 1, titleRef: 'b_1', body: 'b_1', due: '2026-12-01' },
    task_updated: { on: 'tasks', id, titleRef: 'b_2', body: 'b_2', due: null },
    task_assigned: { on: 'tasks', id, assignee: 'person:ben' },
    task_moved: { on: 'tasks', id, state: 'done', noteRef: 'b_1' },
    task_fell_due: { on: 'tasks', id, stage: 'due', dueAt: null },
    task_erased: { on: 'tasks', id },
    need_opened: { on: 'needs', id, who: 'person:ben', reason: 'assigned', about: { on: 'tasks', id: 't' } },
    need_settled: { on: 'needs', id },
    need_heard: { on: 'hearings', id, need: 'n', of: 'p', round: 1, reason: 'assigned' },
    hearing_passed: { on: 'hearings', id, to: 'person:ben' },
    need_told: { on: 'hearings', id, surface: 'slack' },
    hearing_put_off: { on: 'hearings', id, need: 'n', of: 'p_launch', round: 1, reason: 'assigned', until: 2 },
    hearing_resumed: { on: 'hearings', id },
    notice_sent: { on: 'notices', id, team: 'T1', channel: 'D1', key: 'k', ts: ['1.0'], items: [], parts: [] },
    digest_reworded: { on: 'notices', id, digest: 'b_1', about: ['m'] },
    need_shown: { on: 'hearings', id, notice: 'w_1' },
    hearing_dropped: { on: 'hearings', id },
    telling_set: { on: 'tellings', id: 'person:ben', dueAt: 1, sentOn: '2026-12-01' },
    file_put: { on: 'files', id, nameRef: 'b_1', ...content },
    file_erased: { on: 'files', id, reasonRef: 'b_why' },
    version_put: { on: 'versions', id, file: 'f', ...content },
    version_erased: { on: 'versions', id },
    note_recorded: { on: 'notes', id, kind: 'decision', body: 'b_1', conversation: 'c' },
    note_erased: { on: 'notes', id },
    call_permitted: { on: 'permits', id, tool: 'mcp:crm/add', conversation: 'c', input: 'b_1' },
    call_erased: { on: 'permits', id },
    person_registered: { on: 'people', id, facts, accounts: ['mail:a@b.example'] },
    person_updated: { on: 'people', id, facts, accounts: [] },
    agent_created: { on: 'agents', id: 'agent:packer', handle: 'packer', facts: agent, skills: [] },
    agent_updated: { on: 'agents', id: 'agent:packer', facts: { purpose: word } },
    agent_imported: { on: 'agents', id: 'agent:packer', facts: agent, skills: ['s'], hash: 'd' },
    skill_attached: { on: 'agents', id: 'agent:packer', skill: 's' },
    skill_detached: { on: 'agents', id: 'agent:packer', skill: 's' },
    hours_set: { on: 'preferences', id: 'person:ben', from: '09:00', until: '17:00', days: [1, 2], timeZone: null },
    away_set: { on: 'preferences', id: 'person:ben', until: 2, deputy: 'person:gil' },
    away_ended: { on: 'preferences', id: 'person:ben' },
    digest_set: { on: 'subscriptions', id: 'person:ben', time: '08:30', timeZone: null, state: 'paused' },
    digest_closed: { on: 'subscriptions', id: 'person:ben', day: '2026-12-01', positions: { p: 3 } },
    agents_woken: { on: 'roots', id: 'p:1', wakes: 1 },
    address_claimed: { on: 'addresses', id: 'address:launch', slug: 'launch', of: 'p' },
    mail_held: {
      ...{ on: 'heldMails', id, fromRef: 'b_1', subjectRef: 'b_2', excerptRef: 'b_3' },
      ...{ reason: 'unproved', raw: 'h', told: true },
    },
    mail_told: { on: 'heldMails', id },
    mail_accepted: { on: 'heldMails', id },
    mail_rejected: { on: 'heldMails', id },
    mail_expired: { on: 'heldMails', id },
    skill_imported: { on: 'skills', id, name: 's', facts: skill, hash: 'd' },
    skill_updated: { on: 'skills', id, name: 's', facts: skill },
  };
  return Object.entries(every).map(([type, rest]) => ({ v: 1, type, ...rest }) as Change);
}
