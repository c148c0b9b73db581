// Turns the result of an MCP tool into text for the model. Pictures and other data are described. Pure.

import * as z from 'zod';

const block = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.enum(['image', 'audio']), data: z.string(), mimeType: z.string() }),
  z.looseObject({
    type: z.literal('resource_link'),
    uri: z.string(),
    name: z.string().optional(),
    description: z.string().optional(),
  }),
  z.looseObject({
    type: z.literal('resource'),
    resource: z.looseObject({
      uri: z.string(),
      mimeType: z.string().optional(),
      text: z.string().optional(),
      blob: z.string().optional(),
    }),
  }),
]);

/**
 * The part of a `tools/call` result that must be valid. Each block is parsed on its own, so a bad block does not spoil
 * the others.
 */
export const toolResultSchema = z.looseObject({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
});

export type ToolResult = z.output<typeof toolResultSchema>;

/** Returns the whole text of a result. The caller truncates it. */
export function textOf(result: ToolResult): string {
  const texts = result.content.map(blockText);
  // A server should repeat structured content as text. Some do not, so it is added here.
  if (texts.length === 0 && result.structuredContent !== undefined)
    texts.push(JSON.stringify(result.structuredContent));
  return texts.join('\n') || '(no content)';
}

function blockText(content: unknown): string {
  const parsed = block.safeParse(content);
  if (!parsed.success) return '[content of an unknown kind, not shown]';
  const found = parsed.data;
  switch (found.type) {
    case 'text':
      return found.text;
    case 'image':
    case 'audio':
      return `[${found.type}, ${found.mimeType}, ${size(found.data)}, not shown]`;
    case 'resource_link': {
      const said = [found.name, found.description].filter((word) => word !== undefined && word !== '').join(': ');
      return `[link to ${found.uri}${said ? ` (${said})` : ''}]`;
    }
    case 'resource': {
      const { uri, mimeType = 'unknown type', text, blob } = found.resource;
      return text !== undefined
        ? `[resource ${uri}]\n${text}`
        : `[resource ${uri}, ${mimeType}, ${size(blob ?? '')}, not shown]`;
    }
  }
}

function size(base64: string): string {
  const bytes = Math.floor((base64.length * 3) / 4);
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024).toLocaleString('en')} kB`;
}
