// The ten tool calls of the measured run. All of them change the pod, which is the most expensive kind.

export interface ScriptedCall {
  name: string;
  input: Record<string, unknown>;
}

export const CALLS: readonly ScriptedCall[] = [
  { name: 'create_task', input: { title: 'Call the mill', assignee: 'ada', due: '2027-01-15' } },
  { name: 'create_task', input: { title: 'Order 400 boxes', text: 'The van takes 60 of them a day.' } },
  { name: 'update_task', input: { task: '#2', due: '2027-02-01' } },
  { name: 'start_task', input: { task: '#1' } },
  { name: 'record_decision', input: { decision: 'A loaf costs 9.50.', why: 'The new flour costs 40 % more.' } },
  { name: 'create_task', input: { title: 'Draft the announcement', assignee: 'ada' } },
  { name: 'update_task', input: { task: '#2', title: 'Order 420 boxes' } },
  { name: 'record_learning', input: { learning: 'The mill answers before noon.', context: 'Call on Monday' } },
  { name: 'complete_task', input: { task: '#1' } },
  { name: 'start_task', input: { task: '#3' } },
];
