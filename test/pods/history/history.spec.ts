import { expect } from 'chai';
import type { Commit, Via } from '../../../src/log/commit.ts';
import type { ParticipantId } from '../../../src/log/participant.ts';
import { ACTIONS } from '../../../src/pods/actions.ts';
import { commitSentence, hasSentence, namedIn } from '../../../src/pods/history/history.ts';
import { OWN_ACTIONS } from '../../../src/pods/history/own-actions.ts';
import type { SentenceFacts } from '../../../src/pods/history/sentence-facts.ts';
import type { Change } from '../../../src/pods/kinds.ts';
import { everyChange } from '../changes.ts';

const named = (id: ParticipantId, name: string) => [id, { id, name, handle: name.toLowerCase() }] as const;

const STANDING: Record<string, object> = {
  'tasks t': { number: 3, titleRef: 'b_task' },
  'conversations c': { titleRef: 'b_title' },
  'questions q': { body: 'b_' },
  'files f': { nameRef: 'b_name' },
};

const KNOWN: SentenceFacts = {
  labelOf: () => undefined,
  who: new Map([named('person:ada', 'Ada'), named('person:ben', 'Ben'), named('agent:scribe', 'Scribe')]),
  doc: ({ name }, id) => STANDING[`${name} ${id}`] as never,
  texts: new Map([
    ['b_', 'From Oslo'],
    ['b_title', 'Boxes'],
    ['b_task', 'Order boxes'],
    ['b_order', 'Order'],
    ['b_get', 'Get'],
    ['b_note', 'ok'],
    ['b_name', 'plan.md'],
    ['b_why', 'private'],
  ]),
};
const NOTHING: SentenceFacts = { ...KNOWN, doc: () => undefined, texts: new Map() };

function aCommit(changes: Change[], more: Partial<Commit> = {}): Commit {
  const base = {
    v: 1,
    id: 'p:7',
    rev: 1,
    pod: 'p',
    seq: 7,
    at: 0,
    actor: 'person:ada',
    via: 'skein',
    key: 'k',
  } as const;
  return { ...base, inputHash: '', action: 'do_it', changes, deliveries: [], result: {}, pending: false, ...more };
}

const told = (change: object, more?: Partial<Commit>) =>
  commitSentence(aCommit([{ v: 1, ...change } as Change], more), KNOWN);

describe('history', () => {
  const facts = { name: 'Packer', handle: 'packer', role: 'member', state: 'in' };
  const table: [change: object, text: string][] = [
    [{ on: 'pods', type: 'pod_created', name: 'Launch' }, 'created the pod “Launch”'],
    [{ on: 'pods', type: 'pod_updated', name: 'Lift' }, 'updated the pod: its name “Lift”'],
    [
      { on: 'pods', type: 'pod_updated', purpose: '', defaultAgent: 'agent:scribe' },
      'updated the pod: its purpose empty, its default agent Scribe',
    ],
    [
      { on: 'pods', type: 'involvement_set', level: 'result' },
      'set what people hear of the tasks that they give: the result',
    ],
    [
      { on: 'pods', type: 'mail_workflow_set', workflow: 'customer-question', anHour: 6, aDay: 20 },
      'set that a mail from outside starts the workflow customer-question, at most 6 an hour and 20 a day',
    ],
    [{ on: 'pods', type: 'mail_workflow_ended' }, 'set that mails from outside start no workflow'],
    [{ on: 'pods', type: 'pod_archived' }, 'archived the pod'],
    [{ on: 'pods', type: 'pod_restored' }, 'restored the pod'],
    [{ on: 'pods', type: 'default_agent_left' }, 'updated the pod: it has no default agent'],
    [{ on: 'pods', type: 'default_agent_left', next: 'agent:scribe' }, 'updated the pod: its default agent Scribe'],
    [{ on: 'members', id: 'p/person:ben', type: 'member_added', role: 'member' }, 'added Ben'],
    [{ on: 'members', id: 'p/person:ben', type: 'member_added', role: 'guest' }, 'added Ben as guest'],
    [{ on: 'members', id: 'p/person:ben', type: 'role_changed', role: 'owner' }, 'made Ben owner'],
    [{ on: 'members', id: 'p/person:ben', type: 'member_removed' }, 'removed Ben'],
    [{ on: 'members', id: 'p/person:ada', type: 'member_removed' }, 'left the pod'],
    [{ on: 'conversations', type: 'conversation_started', titleRef: 'b_title' }, 'started the conversation “Boxes”'],
    [{ on: 'conversations', type: 'title_erased', reasonRef: 'b_why' }, 'erased the title of a conversation (private)'],
    [{ on: 'conversations', type: 'run_stopped', agent: 'agent:scribe' }, 'stopped Scribe'],
    [{ on: 'conversations', type: 'run_paused', agent: 'agent:scribe', line: 'm' }, 'paused Scribe'],
    [{ on: 'conversations', type: 'run_resumed', agent: 'agent:scribe', line: 'm' }, 'lifted the pause of Scribe'],
    [{ on: 'conversations', type: 'work_taken', agent: 'agent:scribe', line: 'm' }, 'took over from Scribe'],
    [{ on: 'conversations', type: 'work_handed_back', agent: 'agent:scribe' }, 'handed back to Scribe'],
    [{ on: 'messages', type: 'message_posted', conversation: 'c', body: 'b_' }, 'wrote “From Oslo” in “Boxes”'],
    [{ on: 'messages', type: 'message_posted', conversation: 'd', body: 'b_x' }, 'wrote a message that is erased'],
    [{ on: 'messages', type: 'message_edited', body: 'b_' }, 'edited a message to “From Oslo”'],
    [{ on: 'messages', type: 'message_erased', reasonRef: 'b_why' }, 'erased a message (private)'],
    [
      { on: 'tasks', id: 't', type: 'task_created', titleRef: 'b_order', assignee: 'person:ben', due: '2026-12-01' },
      'created #3 “Order” for Ben, due Tue 1 Dec 2026',
    ],
    [
      { on: 'tasks', id: 't', type: 'task_created', titleRef: 'b_order', assignee: 'person:ada' },
      'created #3 “Order” for themselves',
    ],
    [
      { on: 'tasks', id: 't', type: 'task_updated', titleRef: 'b_get', body: 'b_', due: null },
      'updated #3 “Order boxes”: its title “Get”, its text, no longer due',
    ],
    [{ on: 'tasks', id: 't', type: 'task_assigned', assignee: 'person:ben' }, 'assigned #3 “Order boxes” to Ben'],
    [{ on: 'tasks', id: 't', type: 'task_assigned', assignee: null }, 'took #3 “Order boxes” from its assignee'],
    [
      { on: 'tasks', id: 't', type: 'checkpoint_passed', names: ['b_'] },
      'passed the checkpoint “From Oslo” of #3 “Order boxes”',
    ],
    [{ on: 'tasks', id: 't', type: 'task_moved', state: 'started' }, 'started #3 “Order boxes”'],
    [
      { on: 'tasks', id: 't', type: 'task_moved', state: 'done', noteRef: 'b_note' },
      'completed #3 “Order boxes”: “ok”',
    ],
    [{ on: 'tasks', id: 't', type: 'task_moved', state: 'open' }, 'reopened #3 “Order boxes”'],
    [{ on: 'tasks', id: 't', type: 'task_moved', state: 'dropped' }, 'dropped #3 “Order boxes”'],
    [
      {
        ...{ on: 'tasks', id: 't', type: 'dependencies_changed' },
        ...{ add: [{ task: 'u', number: 4 }], remove: [{ task: 'v', number: 5 }] },
      },
      'changed what #3 “Order boxes” waits for: it depends on #4, no longer on #5',
    ],
    [
      {
        ...{ on: 'tasks', id: 't', type: 'dependencies_moved' },
        moved: [
          { task: 'u', number: 4, done: true },
          { task: 'v', number: 5, dropped: { by: 'person:ben' } },
        ],
      },
      'changed what #3 “Order boxes” waits for: #4 is done, it waits for #5, dropped by Ben',
    ],
    [
      {
        ...{ on: 'tasks', id: 't', type: 'review_asked', version: 'f@1', round: 1, most: 3 },
        ...{ reviewers: ['person:ben'], ask: ['person:ben'], noteRef: 'b_note' },
      },
      'asked Ben to review #3 “Order boxes”: “ok”',
    ],
    [
      { on: 'tasks', id: 't', type: 'review_moved', version: 'f@2', ask: ['person:ben'] },
      'asked Ben to review #3 “Order boxes” anew: it has another version',
    ],
    [{ on: 'tasks', id: 't', type: 'review_given', is: 'approved' }, 'approved #3 “Order boxes”'],
    [{ on: 'tasks', id: 't', type: 'review_given', is: 'back', noteRef: 'b_note' }, 'sent #3 “Order boxes” back: “ok”'],
    [{ on: 'tasks', id: 't', type: 'task_fell_due', stage: 'overdue' }, 'noted that #3 “Order boxes” is overdue'],
    [
      { on: 'tasks', id: 't', type: 'mail_joined', followers: ['person:ben'], sources: ['s'] },
      'forwarded the mail of #3 “Order boxes” once more',
    ],
    [
      {
        ...{ on: 'tasks', id: 't', type: 'task_moved', state: 'done' },
        merged: { into: 't2', number: 1, followers: [], files: [] },
      },
      'merged #3 “Order boxes” into #1',
    ],
    [
      { on: 'tasks', id: 't', type: 'task_took_in', from: 4, followers: [], files: [] },
      'merged #4 into #3 “Order boxes”',
    ],
    [
      { on: 'tasks', id: 't', type: 'task_gave_up', from: 4, followers: [], files: [] },
      'took #4 out of #3 “Order boxes”',
    ],
    [{ on: 'tasks', id: 't', type: 'mail_parted', followers: ['person:ben'] }, 'took a mail out of #3 “Order boxes”'],
    [
      { on: 'tasks', id: 't', type: 'task_attached', file: 'f', nameRef: 'b_name' },
      'attached the file “plan.md” to #3 “Order boxes”',
    ],
    [
      { on: 'tasks', id: 't', type: 'task_detached', file: 'f', nameRef: 'b_name' },
      'detached the file “plan.md” from #3 “Order boxes”',
    ],
    [{ on: 'tasks', id: 't', type: 'task_erased' }, 'erased a task'],
    [{ on: 'tasks', id: 't', type: 'passage_erased' }, 'erased words in #3 “Order boxes” that quoted something erased'],
    [{ on: 'messages', type: 'passage_erased' }, 'erased words in a message that quoted something erased'],
    [{ on: 'messages', type: 'earlier_erased' }, 'erased what a message said before it was edited'],
    [{ on: 'notes', type: 'passage_erased' }, 'erased words in a note that quoted something erased'],
    [
      { on: 'questions', id: 'q', type: 'passage_erased' },
      'erased words in the question “From Oslo” that quoted something erased',
    ],
    [{ on: 'files', id: 'f', type: 'file_put', nameRef: 'b_name', version: 1 }, 'added the file “plan.md”'],
    [
      { on: 'files', id: 'f', type: 'file_put', nameRef: 'b_name', version: 2 },
      'changed the file “plan.md” (version 2)',
    ],
    [
      { on: 'files', id: 'f', type: 'conflict_settled', keep: 'newer', copyRef: 'b_' },
      'settled which version of the file “plan.md” is right: the newer version',
    ],
    [
      { on: 'files', id: 'f', type: 'file_conflicted', copy: 'f2', copyRef: 'b_' },
      'uploaded an older copy of the file “plan.md”, which is kept beside it as “From Oslo”',
    ],
    [{ on: 'files', id: 'f', type: 'file_erased' }, 'erased a file'],
    [{ on: 'notes', type: 'note_recorded', kind: 'decision', body: 'b_' }, 'recorded the decision “From Oslo”'],
    [{ on: 'notes', type: 'note_erased' }, 'erased a note'],
    [{ on: 'people', type: 'person_registered', facts }, 'registered Packer'],
    [{ on: 'people', type: 'person_updated', facts }, 'updated what is known of Packer'],
    [
      { on: 'agents', id: 'agent:packer', type: 'agent_created', handle: 'packer', facts },
      'created the agent Packer (@packer)',
    ],
    [
      { on: 'agents', id: 'agent:scribe', type: 'agent_updated', facts: { purpose: 'x', tools: [] } },
      'updated the agent Scribe: purpose, tools',
    ],
    [{ on: 'agents', id: 'agent:scribe', type: 'agent_imported', facts }, 'imported the agent Scribe'],
    [{ on: 'agents', id: 'agent:scribe', type: 'skill_attached', skill: 'x' }, 'attached the skill x to Scribe'],
    [{ on: 'agents', id: 'agent:scribe', type: 'skill_detached', skill: 'x' }, 'detached the skill x from Scribe'],
    [{ on: 'heldMails', type: 'mail_held' }, 'held a mail'],
    [{ on: 'heldMails', type: 'mail_accepted' }, 'accepted a mail'],
    [{ on: 'heldMails', type: 'mail_rejected' }, 'rejected a mail'],
    [{ on: 'heldMails', type: 'mail_expired' }, 'let go a mail that waited for 30 days'],
    [
      { on: 'subscriptions', type: 'digest_set', time: '08:30', timeZone: 'Europe/Rome', state: 'on' },
      'set their daily digest: at 08:30, in Europe/Rome, on',
    ],
    [{ on: 'preferences', type: 'hours_set', from: '09:00' }, 'set the hours in which Skein writes to them'],
    [{ on: 'preferences', type: 'away_set' }, 'said that they are away'],
    [{ on: 'preferences', type: 'away_ended' }, 'said that they are back'],
    [{ on: 'skills', type: 'skill_imported', name: 'x' }, 'imported the skill x'],
    [{ on: 'workflows', type: 'workflow_imported', name: 'x' }, 'imported the workflow x'],
    [
      {
        on: 'repeats',
        type: 'repeat_set',
        task: 't',
        rule: { days: { kind: 'monthly', day: 1 }, time: '09:00', timeZone: 'UTC' },
      },
      'set that #3 “Order boxes” repeats on the 1st of every month at 09:00 (UTC)',
    ],
    [{ on: 'repeats', type: 'repeat_joined', task: 't' }, 'noted that #3 “Order boxes” is due once more'],
    [{ on: 'repeats', type: 'repeat_asked', task: 't' }, 'asked whether #3 “Order boxes” goes on repeating'],
    [{ on: 'repeats', type: 'repeat_went_on', task: 't' }, 'let #3 “Order boxes” go on repeating'],
    [{ on: 'repeats', type: 'repeat_ended', task: 't' }, 'ended the repeats of #3 “Order boxes”'],
    [{ on: 'repeats', type: 'repeat_joined', task: 'gone' }, 'noted that a task that is erased is due once more'],
    [{ on: 'startedWorkflows', type: 'workflow_started', name: 'x' }, 'started the workflow x'],
    [{ on: 'workflows', type: 'workflow_gone', name: 'x' }, 'removed the workflow x'],
    [{ on: 'skills', type: 'skill_updated', name: 'x' }, 'updated the skill x'],
    [{ on: 'questions', type: 'question_asked', body: 'b_', asked: ['person:ben'] }, 'asked Ben “From Oslo”'],
    [
      { on: 'questions', id: 'q', type: 'question_answered', words: 'b_' },
      'answered the question “From Oslo”: “From Oslo”',
    ],
    [
      { on: 'questions', id: 'q', type: 'question_passed', to: 'owners' },
      'passed the question “From Oslo” to the owners',
    ],
    [
      { on: 'questions', id: 'q', type: 'question_answer_changed', words: 'b_' },
      'changed their answer to the question “From Oslo”: “From Oslo”',
    ],
    [
      { on: 'questions', id: 'q', type: 'question_answer_erased', reopens: { dueAt: 1 } },
      'erased an answer to the question “From Oslo”, which is open again',
    ],
    [{ on: 'questions', id: 'q', type: 'question_answer_erased' }, 'erased an answer to the question “From Oslo”'],
    [
      { on: 'questions', id: 'q', type: 'question_expired' },
      'closed the question “From Oslo”, since nobody answered in time',
    ],
    [{ on: 'questions', id: 'q', type: 'question_withdrawn' }, 'withdrew the question “From Oslo”'],
    [{ on: 'questions', id: 'q', type: 'question_erased' }, 'erased a question'],
    [{ on: 'permits', type: 'call_permitted', tool: 'mcp:crm/add' }, 'called mcp:crm/add'],
    [{ on: 'permits', type: 'call_erased' }, 'erased the input of a call'],
    [
      { on: 'apps', type: 'app_admitted', app: 'A1', name: 'Monitor', wakesAnHour: 6 },
      'admitted the app Monitor (A1), which may wake agents 6 times an hour',
    ],
    [{ on: 'apps', type: 'app_dismissed', name: 'Monitor' }, 'dismissed the app Monitor'],
    [
      { on: 'agentApps', type: 'app_lost', agent: 'agent:scribe', people: ['person:ben'], setting: 'S' },
      'found that Slack refuses the token of Scribe’s own app',
    ],
    [{ on: 'agentApps', type: 'app_back', agent: 'agent:scribe' }, 'found that Scribe’s own app works again'],
    [
      { on: 'agentApps', type: 'app_back', agent: 'agent:scribe', unset: true },
      'found that Scribe’s own app is not wanted any more',
    ],
  ];
  for (const [change, text] of table)
    it(`tells “${text}”`, () => {
      expect(told(change)).to.equal(`Ada ${text}`);
    });

  it('has words, or knows to have none, for every change there is', () => {
    const silent = [
      ...[
        'task_counted',
        'tasks_given',
        'mail_workflow_started',
        'task_joined',
        'mail_separated',
        'task_followed',
        ...['task_repeated', 'repeat_came', 'repeat_passed'],
        'part_changed',
        'pod_followed',
        'message_added',
        'conversation_placed',
        'conversation_mailed',
        'version_put',
        'version_sent',
        'copy_settled',
        'version_erased',
      ],
      ...[
        'address_claimed',
        'digest_closed',
        'message_sent',
        'message_retried',
        'agents_called',
        'work_given',
        'file_written',
        'run_opened',
        'run_ended',
        'word_said',
        ...['instruction_given', 'instruction_reworded', 'instruction_withdrawn', 'words_judged', 'words_answered'],
        ...['wishes_settled', 'wishes_passed', 'wishes_reopened', 'steps_listed', 'steps_answered', 'steps_handed_on'],
        'files_given',
        'offer_taken',
        'agents_woken',
        'app_reported',
        ...['app_came', 'app_went'],
        ...['app_heard', 'app_woke', 'app_over'],
        'mail_told',
        'conversation_recalled',
        'message_recalled',
      ],
      ...[
        'question_opened',
        'question_closed',
        'question_end_heard',
        'question_awaited',
        'question_reminded',
        'question_shown',
        'question_extended',
      ],
      ...[
        'question_unanswered',
        'unanswered_lifted',
        'stand_in_asked',
        'reply_taken_back',
        'owners_asked',
        'items_passed',
        'wake_left',
        'wake_rested',
      ],
      ...[
        'trace_found',
        'trace_settled',
        'need_opened',
        'need_settled',
        'need_heard',
        'need_told',
        'hearing_passed',
        'hearing_dropped',
        'hearing_put_off',
        'hearing_resumed',
        'need_shown',
        'notice_sent',
        'digest_mailed',
        'digest_reworded',
        'telling_set',
      ],
    ];
    const told = new Set(table.map(([change]) => (change as Change).type));
    expect(
      everyChange('x')
        .map(({ type }) => type)
        .filter((type) => !told.has(type)),
    ).to.have.members(silent);
    for (const change of everyChange('x'))
      if (silent.includes(change.type)) expect(commitSentence(aCommit([change]), KNOWN)).to.equal('Ada used do_it');
  });

  it('has something to tell of a commit, unless all of it is housekeeping', () => {
    const sent: Change = { v: 1, on: 'messages', id: 'm', type: 'message_sent', places: [] };
    const archived: Change = { v: 1, on: 'pods', id: 'p', type: 'pod_archived' };
    expect(hasSentence(aCommit([sent]), KNOWN)).to.equal(false);
    expect(hasSentence(aCommit([sent, archived]), KNOWN)).to.equal(true);
    expect(hasSentence(aCommit([]), KNOWN)).to.equal(true);
  });

  it('has nothing to tell where Skein only looked, by any of its own actions', () => {
    expect(hasSentence(aCommit([], { action: 'put_steps' }), KNOWN)).to.equal(false);
    const own = [...ACTIONS.values()].filter(({ internal, effect }) => internal && effect !== 'read');
    expect([...OWN_ACTIONS].sort()).to.deep.equal(own.map(({ name }) => name).sort());
  });

  it('tells all that one commit did in one sentence', () => {
    const added = (who: string): Change =>
      ({
        ...{ v: 1, on: 'members', type: 'member_added', role: 'member' },
        ...{ id: `p/${who}`, who: who as ParticipantId },
      }) as Change;
    const changes = [
      added('person:ben'),
      added('agent:scribe'),
      { v: 1, on: 'pods', id: 'p', type: 'pod_restored' } as const,
    ];
    expect(commitSentence(aCommit(changes), KNOWN)).to.equal('Ada added Ben and Scribe and restored the pod');
  });

  it('says for whom an agent did it', () => {
    const change = { on: 'pods', type: 'pod_archived' };
    expect(told(change, { actor: 'agent:scribe', onBehalfOf: 'person:ada' })).to.equal(
      'Scribe, for Ada, archived the pod',
    );
    expect(told(change, { actor: 'agent:scribe' })).to.equal('Scribe archived the pod');
    expect(told(change, { actor: 'skein' })).to.equal('Skein archived the pod');
    expect(told(change, { actor: 'app:ci' })).to.equal('ci (app) archived the pod');
  });

  it('says through which door it came', () => {
    const doors: Record<Via, string> = {
      slack: ', through Slack',
      email: ', by mail',
      mcp: ', through MCP',
      cli: ', on the command line',
      web: ', on the web page',
      model: '',
      skein: '',
    };
    for (const [via, end] of Object.entries(doors))
      expect(told({ on: 'pods', type: 'pod_archived' }, { via: via as Via })).to.equal(`Ada archived the pod${end}`);
  });

  it('says of what was erased that it was', () => {
    const brought = /^(task_created|file_put|message_posted|message_edited|note_recorded|conversation_started)$/;
    for (const change of everyChange('x').filter(({ type }) => brought.test(type)))
      expect(commitSentence(aCommit([change]), NOTHING), change.type).to.match(/ (is|title is) erased/);
  });

  it('names everybody whom the sentence needs', () => {
    const change = { v: 1, on: 'tasks', id: 't', type: 'task_assigned', assignee: 'person:ben' } as const;
    const commit = aCommit([change], { actor: 'agent:scribe', onBehalfOf: 'person:ada' });
    expect(namedIn(commit)).to.deep.equal(['agent:scribe', 'person:ada', 'person:ben']);
  });
});
