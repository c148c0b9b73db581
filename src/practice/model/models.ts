// The models endpoint: one model, whose name says that it is the stand-in.

const standIn = { id: 'stand-in', type: 'model', display_name: 'Stand-in model', created_at: '2026-11-01T00:00:00Z' };

export function modelList() {
  return { data: [standIn], has_more: false, first_id: standIn.id, last_id: standIn.id };
}

/** Requests may name any model, so every name is found. */
export function modelNamed(id: string) {
  return { ...standIn, id };
}
