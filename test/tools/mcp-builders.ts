// Builders for the specs of the MCP client: a server's manifest with overrides, and the error of a promise.

import type { ToolServer } from '../../src/tools/manifest.ts';

export type Over = Partial<ToolServer> & {
  script?: string;
  command?: string;
  args?: string[];
  env?: Record<string, string>;
};
export const aServer = ({ script, command = process.execPath, args, env = {}, ...over }: Over = {}): ToolServer => ({
  name: 'crm',
  description: 'Customers.',
  enabled: true,
  reach: { kind: 'stdio', command, args: args ?? ['-e', script ?? ''], env },
  effect: 'outside',
  policy: 'allow',
  tools: {},
  audience: { kind: 'everyone' },
  trust: 'outside',
  timeoutMs: 5000,
  secrets: [],
  ...over,
});

export const rejection = (promise: Promise<unknown>) =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: Error) => error,
  );
