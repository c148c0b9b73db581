// The acts of the demo's people before a visitor arrives. Data only.

export interface Scene {
  by: string;
  action: string;
  input: Record<string, unknown>;
  dueIn?: number;
}

/** Each scene is one action in the name of the person `by`. `dueIn`: the due date, in days from now. */
export const SCENES: readonly Scene[] = [
  { by: 'ada', action: 'update_pod', input: { purpose: 'Launch the rye sourdough subscription in December.' } },
  {
    by: 'ada',
    action: 'record_decision',
    input: {
      decision: 'The price of a loaf is 9.50.',
      why: 'The flour from the new mill costs 40 % more than the old one.',
    },
  },
  {
    by: 'ben',
    action: 'record_learning',
    input: {
      learning: 'The van takes 60 boxes a day, inside the ring road only.',
      context: 'Delivery test in October',
    },
  },
  { by: 'ada', action: 'create_task', input: { title: 'Order 400 boxes', assignee: 'ben' }, dueIn: 6 },
  { by: 'chiara', action: 'create_task', input: { title: 'Design the box', assignee: 'chiara' }, dueIn: 4 },
  {
    by: 'ada',
    action: 'create_task',
    input: {
      title: 'Let customers pause their subscription',
      text: 'Three customers asked for it. Until it is built we do it by hand.',
      assignee: 'dev',
    },
    dueIn: 11,
  },
  { by: 'chiara', action: 'create_task', input: { title: 'Draft the announcement' }, dueIn: 9 },
  { by: 'chiara', action: 'start_task', input: { task: '#2' } },
  {
    by: 'dev',
    action: 'put_file',
    input: {
      name: 'launch-plan.md',
      text: '# Launch plan: rye sourdough subscription\n\n- boxes: 400, ordered by Ben\n- box design: Chiara\n- announcement: drafted by scribe, read by Chiara\n- shop: subscriptions live and hidden a week before\n- delivery: Tuesday and Friday, inside the ring road\n\nOpen: pausing over the holidays is done by hand until it is built.\n',
    },
  },
];
