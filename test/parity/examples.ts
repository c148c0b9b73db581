// One example for every action: its preparation and its input.
import type { ParticipantId } from '../../src/log/participant.ts';
import type { Origin } from '../../src/log/place.ts';
import type { Delivery } from '../../src/pods/deliveries.ts';
import type { RunDoc } from '../../src/pods/runs/run.ts';
import type { Scene } from './stage.ts';

/** Prepares the stage. Returns the input. */
export type Example = (scene: Scene) => Promise<object> | object;

const aTask = async ({ world, conversation }: Scene) => {
  const input = { title: 'Book the hall', assignee: 'ben', conversation };
  return (await world.does(world.ada, 'create_task', input)).task.id as string;
};
/** Whoever acts is asked to review it. */
const aReviewed = async (scene: Scene) => {
  const { world } = scene;
  const task = await aTask(scene);
  await world.does(world.ben, 'request_review', { task, reviewers: ['ada', 'scribe'] });
  return task;
};
const aMessage = async ({ world, actor, conversation }: Scene) =>
  (await world.does(actor, 'post_message', { conversation, text: 'Draft @ben' })).message.id as string;
const aFile = async ({ world }: Scene) => {
  await world.does(world.ben, 'put_file', { name: 'plan.md', text: '# Plan' });
  return 'plan.md';
};
const aSkill = async ({ world }: Scene) => {
  const input = { name: 'hand-off-note', description: 'How to hand over.', instructions: 'Say what is open.' };
  await world.does(world.ada, 'update_skill', input);
  return 'hand-off-note';
};

const aHeldMail = async ({ world }: Scene) => {
  const about = { from: 'Mallory <mallory@evil.example>', subject: 'Pay this', excerpt: 'Now', reason: 'Not proved.' };
  return (await world.does('skein', 'hold_mail', { ...about, raw: 'a'.repeat(64) })).held.id as string;
};

/** A question by Scribe, or by whoever is named. */
const aQuestion = async ({ world, conversation }: Scene, to = 'ben', by = world.scribe as ParticipantId) => {
  const input = { to: [to], question: 'Which hall?', options: ['The old one', 'The new one'], conversation };
  return (await world.does(by, 'ask', input)).question.number as string;
};

/** Pilot works in the conversation. */
const atWork = async ({ world, conversation }: Scene) => {
  await world.does(world.ada, 'post_message', { conversation, text: '@pilot plan it' });
  return conversation;
};

const aRun = async ({ world, conversation }: Scene) => {
  const { commit } = await world.acts(world.ada, 'post_message', { conversation, text: '@pilot plan it' });
  const run = { agent: world.pilot, root: 'r', at: world.clock.now, turns: 1, tokens: 15, cached: 0 };
  const [{ id }] = world.delivered.filter(({ kind }) => kind === 'wake') as [Delivery];
  const steps = [{ n: 1, at: run.at, tools: ['search_pod'], tokens: 15 }];
  const doc = {
    ...run,
    id,
    rev: 1,
    pod: world.pod,
    seq: commit?.seq ?? 0,
    conversation,
    state: 'working',
    steps,
  } as const;
  await world.store.collection<RunDoc>('runs').insert([doc]);
  return id;
};

export const EXAMPLES: Readonly<Record<string, Example>> = {
  create_pod: () => ({
    name: 'Offsite',
    purpose: 'Two days away',
    agents: ['scribe', 'pilot'],
  }),
  update_pod: () => ({ name: 'Launch 2', default_agent: 'scribe' }),
  archive_pod: () => ({}),
  list_pods: () => ({ archived: true }),
  read_pod: () => ({}),
  add_member: () => ({ who: 'zoe', role: 'guest' }),
  admit_app: () => ({ app: 'A0MONITOR', wakes_an_hour: 3 }),
  dismiss_app: async ({ world }) => {
    await world.does(world.ada, 'admit_app', { app: 'A0MONITOR' });
    return { app: 'A0MONITOR' };
  },
  list_apps: async ({ world }) => {
    await world.does(world.ada, 'admit_app', { app: 'A0MONITOR' });
    return {};
  },
  change_role: () => ({ who: 'ben', role: 'guest' }),
  remove_member: () => ({ who: 'gil' }),
  start_conversation: () => ({ title: 'Venue', text: '@pilot look at prices:\n- north hall' }),
  post_message: ({ conversation }) => ({ conversation, text: '@pilot, where do we stand? “Über” 🪿' }),
  edit_message: async (stage) => ({ message: await aMessage(stage), text: '“@pilot”, this is final' }),
  delete_message: async (stage) => ({ message: await aMessage(stage) }),
  read_conversation: async (stage) => {
    await aMessage(stage);
    return { conversation: stage.conversation, limit: 5 };
  },
  list_runs: async (stage) => {
    await aRun(stage);
    return { agent: 'pilot', conversation: stage.conversation, state: 'live', limit: 5 };
  },
  read_run: async (stage) => ({ run: await aRun(stage) }),
  stop_run: ({ conversation }) => ({ conversation, agent: 'pilot' }),
  pause_run: async (stage) => ({ conversation: await atWork(stage), agent: 'pilot' }),
  resume_run: async (stage) => {
    const conversation = await atWork(stage);
    await stage.world.does(stage.world.ada, 'pause_run', { conversation });
    return { conversation };
  },
  take_over: async (stage) => ({ conversation: await atWork(stage), agent: 'pilot' }),
  hand_back: async (stage) => {
    const conversation = await atWork(stage);
    await stage.world.does(stage.world.ada, 'take_over', { conversation });
    return { conversation, agent: 'pilot', note: 'The intro is done' };
  },
  retry_run: async ({ world, conversation }) => {
    const failure = { conversation, text: 'I could not do this.' };
    return { message: (await world.does(world.pilot, 'report_failure', failure)).message.id as string };
  },
  separate_mail: async ({ world }) => {
    const about = { title: 'Rye offer', text: 'Please look.', outsideTitle: true, sources: ['s1'] };
    const takes = async (by: ParticipantId, id: string) => {
      const origin: Origin = {
        kind: 'email',
        messageId: `<${id}@x.example>`,
        raw: 'a'.repeat(64),
        outside: 'Dear all',
      };
      return (await world.does(by, 'take_mail', about, { origin })).message as string;
    };
    await takes(world.ben, 'm1');
    return { message: await takes(world.ada, 'm2') };
  },
  ask: ({ conversation }) => ({
    ...{ to: ['ben', 'gil'], question: 'Which hall?\nThe old one is smaller.', options: ['--old', 'new'], answers: 2 },
    ...{ needed_by: '2026-12-01T15:00', otherwise: 'new', fallback: 'ben', conversation },
  }),
  answer_question: async (stage) => ({
    question: await aQuestion(stage, 'ada'),
    choice: 'The old one',
    text: 'Till noon',
  }),
  withdraw_question: async (stage) => ({ question: await aQuestion(stage, 'ben', stage.actor) }),
  wait_for: async (stage) => ({ questions: [await aQuestion(stage)] }),
  checkpoint: async (stage) => ({ task: await aTask(stage), name: 'Outline', result: 'Three parts' }),
  set_involvement: async (stage) => ({ task: await aTask(stage), level: 'checkpoints', named: ['Outline'] }),
  snooze_item: async ({ world, conversation }) => {
    await world.does(world.ben, 'post_message', { conversation, text: '@ada which one?' });
    const { waiting } = await world.does(world.ada, 'list_waiting', {});
    return { item: waiting[0].item, until: '2026-11-05' };
  },
  list_awaited: async (stage) => {
    await stage.world.does(stage.world.ada, 'create_task', { title: 'Call the hall', assignee: 'ben' });
    return {};
  },
  list_waiting: async (stage) => {
    await aTask(stage);
    await stage.world.does(stage.world.ben, 'create_task', {
      title: 'Call the hall',
      assignee: 'ada',
      due: '2026-11-09',
    });
    await stage.world.does(stage.world.ben, 'post_message', {
      conversation: stage.conversation,
      text: '@ada which one?',
    });
    return { limit: 5 };
  },
  list_questions: async (stage) => {
    await aQuestion(stage);
    return {};
  },
  create_task: ({ conversation }) => ({
    ...{ title: '--title', text: 'two\nlines', assignee: 'Ben Okafor', due: '2026-12-01', conversation },
  }),
  update_task: async (stage) => ({ task: await aTask(stage), title: 'Book both halls', due: null }),
  assign_task: async (stage) => ({ task: await aTask(stage), assignee: null }),
  give_back_task: async (stage) => {
    const { world } = stage;
    const task = await aTask(stage);
    // Somebody else gave it to whoever acts.
    await world.does(world.ben, 'assign_task', { task, assignee: 'ada' });
    return { task, reason: 'I am away' };
  },
  attach_file: async (stage) => ({ task: await aTask(stage), file: await aFile(stage) }),
  detach_file: async (stage) => {
    const input = { task: await aTask(stage), file: await aFile(stage) };
    await stage.world.does(stage.world.ben, 'attach_file', input);
    return input;
  },
  start_task: async (stage) => ({ task: await aTask(stage), note: 'On it' }),
  complete_task: async (stage) => ({ task: await aTask(stage), assumptions: ['The hall is free'] }),
  reopen_task: async (stage) => {
    const task = await aTask(stage);
    await stage.world.does(stage.world.ada, 'complete_task', { task });
    return { task };
  },
  change_dependencies: async (stage) => ({ task: await aTask(stage), add: [await aTask(stage)] }),
  request_review: async (stage) => ({ task: await aTask(stage), reviewers: ['ada'], note: 'The seats' }),
  approve: async (stage) => ({ task: await aReviewed(stage), note: 'Well said', turn: 1 }),
  send_back: async (stage) => ({ task: await aReviewed(stage), comments: 'Too dear', beyond: ['Ask the old hall'] }),
  drop_task: async (stage) => ({ task: await aTask(stage), reason: 'The hall is closed' }),
  merge_tasks: async (stage) => ({ task: await aTask(stage), into: await aTask(stage), note: 'The same hall' }),
  list_tasks: async (stage) => {
    await aTask(stage);
    return { assignee: 'ben', state: 'all' };
  },
  read_graph: async (stage) => {
    await aReviewed(stage);
    return { all: true, limit: 5 };
  },
  put_file: async (stage) => ({ name: await aFile(stage), text: '# Plan\n\nTwo.', base: 1 }),
  read_file: async (stage) => ({ name: await aFile(stage), version: 1 }),
  list_files: async (stage) => {
    await aFile(stage);
    return { limit: 5 };
  },
  list_versions: async (stage) => ({ name: await aFile(stage), changes_in: 1 }),
  restore_file: async (stage) => {
    const name = await aFile(stage);
    await stage.world.does(stage.world.ben, 'put_file', { name, text: '# Plan\n\nTwo.', base: 1 });
    return { name, version: 1 };
  },
  settle_conflict: async (stage) => {
    const { world } = stage;
    const name = await aFile(stage);
    await world.does(world.ada, 'put_file', { name, text: '# Plan\n\nTwo.', base: 1 });
    const origin = { kind: 'slack', team: 'T1', channel: 'C1' } as const;
    await world.does(world.ben, 'put_file', { name, text: '# Plan' }, { origin });
    return { file: name, keep: 'newer' };
  },
  send_file: async (stage) => ({ name: await aFile(stage) }),
  record_decision: ({ conversation }) => ({ decision: 'We start on Monday.', why: 'The hall is free.', conversation }),
  record_learning: () => ({ learning: 'The hall holds 80.', context: 'Seated' }),
  set_digest: () => ({ time: '08:30', time_zone: 'Europe/Stockholm', state: 'on' }),
  send_digest: () => ({}),
  set_hours: () => ({ from: '09:00', until: '17:00', days: ['Mon', 'Thu'], time_zone: 'Europe/Stockholm', most: 2 }),
  set_away: () => ({ until: '2030-01-07T12:00', deputy: 'ben' }),
  search_pod: async (stage) => {
    await aTask(stage);
    return { query: 'hall', limit: 3 };
  },
  pod_history: () => ({ from: 1, limit: 3 }),
  list_held_mails: async (stage) => {
    await aHeldMail(stage);
    return {};
  },
  accept_mail: async (stage) => ({ mail: await aHeldMail(stage) }),
  reject_mail: async (stage) => ({ mail: await aHeldMail(stage) }),
  invite_person: () => ({ email: 'carl@mill.example', name: 'Carl', role: 'guest', timeZone: 'Europe/Berlin' }),
  settle_traces: async ({ world }) => {
    const { note } = await world.does(world.scribe, 'record_learning', { learning: 'The old hall is dear.' });
    const from = { on: 'messages', id: 'm_gone' };
    await world.does('skein', 'offer_traces', { who: world.ada, from, things: [{ on: 'notes', id: note.id }] });
    const { waiting } = await world.does(world.ada, 'list_waiting', {});
    return { trace: waiting.find((one: { trace?: string }) => one.trace)?.trace };
  },
  redact: async (stage) => ({ what: await aMessage(stage), reason: 'Not for here' }),
  create_agent: () => ({
    ...{ handle: 'bookkeeper', name: 'Bookkeeper', purpose: 'Keeps the books.', instructions: 'Be exact.' },
    ...{ tools: ['read_pod', 'list_tasks'], skills: [], budget: { turns: 5, tokens: 10_000 } },
    ...{ addressable_by: ['ben', '@ada'] },
  }),
  update_agent: () => ({ agent: 'pilot', purpose: 'Plans the launch.', tools: ['read_pod'] }),
  attach_skill: async (stage) => ({ agent: 'pilot', skill: await aSkill(stage) }),
  detach_skill: async (stage) => {
    const input = { agent: 'pilot', skill: await aSkill(stage) };
    await stage.world.does(stage.world.ada, 'attach_skill', input);
    return input;
  },
  update_skill: () => ({ name: 'minutes', description: 'How minutes are kept.', instructions: '# Minutes' }),
  list_workflows: () => ({}),
  start_workflow: async ({ world, conversation }) => {
    const facts = {
      ...{ title: 'Tea', purpose: 'Makes tea.', roles: [{ name: 'maker', what: 'Makes it' }] },
      steps: [
        { id: 'boil', task: 'Boil water for {{about}}', who: 'maker', after: [] },
        { id: 'pour', task: 'Pour {{boil}}', who: 'maker', after: ['boil'], due: 1 },
      ],
    };
    const origin = { kind: 'manifest', hash: 'tea' } as const;
    await world.does('skein', 'import_workflow', { name: 'tea', facts }, { origin });
    return { workflow: 'tea', about: 'the launch', roles: ['maker: ben'], conversation };
  },
  set_mail_workflow: async (stage) => {
    await EXAMPLES.start_workflow?.(stage);
    return { workflow: 'tea', roles: ['maker: ben'], an_hour: 3, a_day: 9 };
  },
  list_repeats: async (stage) => {
    const task = await aTask(stage);
    await stage.world.does(stage.world.ada, 'repeat_task', { task, every: 'day', zone: 'UTC' });
    return {};
  },
  repeat_task: async (stage) => ({
    task: await aTask(stage),
    every: 'Monday',
    at: '09:30',
    zone: 'Europe/Berlin',
    due_in: 2,
  }),
  list_agents: () => ({}),
  read_agent: () => ({ agent: 'pilot' }),
  list_skills: async (stage) => {
    await aSkill(stage);
    return {};
  },
  read_skill: async (stage) => ({ name: await aSkill(stage) }),
};
