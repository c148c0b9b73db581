// Reads a file's properties with files.info, because a message contains only the id of another workspace's file.
import { z } from 'zod';
import type { InboundFile } from '../parse/inbound.ts';
import { type Calling, call } from './call.ts';

const answer = z.object({
  file: z.object({
    id: z.string().min(1),
    name: z.string().nullish(),
    title: z.string().nullish(),
    mimetype: z.string().nullish(),
    size: z.number().nullish(),
    url_private: z.string().nullish(),
  }),
});

/** Returns the file's properties (docs: files.info, scope files:read). */
export async function fileInfo(calling: Calling, file: string): Promise<InboundFile> {
  const said = (await call(calling, 'files.info', { file }, answer)).file;
  return {
    id: said.id,
    name: said.name || said.title || said.id,
    mimetype: said.mimetype || 'application/octet-stream',
    size: said.size ?? 0,
    url: said.url_private ?? '',
  };
}
