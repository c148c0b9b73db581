// The allowed imports between rooms. Tests compare them with the code and with the table in docs/architecture.md.

/** Rooms of Skein that a room may import, besides itself; packages are checked apart. */
export const MAY: Record<string, readonly string[]> = {
  errors: [],
  logger: ['errors'],
  closest: [],
  secrets: [],
  texts: ['closest'],
  config: ['errors', 'closest', 'email'],
  store: ['errors'],
  lanes: ['errors', 'logger', 'store'],
  slack: ['errors', 'logger'],
  email: ['errors', 'logger'],
  log: ['errors', 'closest', 'store'],
  pods: ['errors', 'closest', 'log', 'store'],
  skills: ['errors', 'log', 'pods'],
  tools: ['errors', 'logger', 'secrets', 'skills', 'log', 'pods'],
  agents: ['errors', 'logger', 'closest', 'log', 'pods', 'store', 'skills', 'tools', 'texts'],
  inbox: ['errors', 'logger', 'log', 'lanes', 'slack', 'email', 'store'],
  doors: ['errors', 'logger', 'log', 'pods', 'lanes', 'slack', 'email', 'store', 'inbox', 'digest', 'doctor', 'texts'],
  digest: ['logger', 'log', 'pods', 'agents', 'texts'],
  outbox: ['errors', 'logger', 'log', 'pods', 'lanes', 'slack', 'email', 'store', 'agents', 'digest', 'texts'],
  due: ['errors', 'logger', 'log', 'pods', 'store', 'lanes', 'inbox', 'outbox'],
  practice: ['errors', 'logger'],
  manifests: ['errors', 'logger', 'closest', 'config', 'log', 'pods', 'agents', 'skills', 'tools', 'texts'],
  doctor: ['errors', 'secrets', 'config', 'store', 'lanes', 'slack', 'email', 'agents', 'tools', 'texts', 'manifests'],
  cli: ['errors', 'closest', 'config', 'lanes', 'inbox', 'pods', 'doors', 'doctor', 'main'],
};
