// The list of models: one, under the name by which people should recognise it.

const standIn = { id: 'stand-in', type: 'model', display_name: 'Stand-in model', created_at: '2026-11-01T00:00:00Z' };

export function modelList() {
  return { data: [standIn], has_more: false, first_id: standIn.id, last_id: standIn.id };
}

/** Any name will do for a request, so any name is found. */
export function modelNamed(id: string) {
  return { ...standIn, id };
}
