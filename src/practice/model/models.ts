// The models endpoint. It lists one model, whose name says that it is the stand-in.

const standIn = { id: 'stand-in', type: 'model', display_name: 'Stand-in model', created_at: '2026-11-01T00:00:00Z' };

export function modelList() {
  return { data: [standIn], has_more: false, first_id: standIn.id, last_id: standIn.id };
}

/** Returns a model with the requested name. Every name exists, because a request may contain any. */
export function modelNamed(id: string) {
  return { ...standIn, id };
}
