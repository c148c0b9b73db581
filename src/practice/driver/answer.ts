// The answers of the driver: JSON, or an error with a sentence that says how to correct the request.
import type { RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { reasonOf, refusalOf } from '../../errors.ts';
import { parsed } from './inputs.ts';

export function doing<T>(schema: z.ZodType<T>, act: (input: T) => Promise<unknown>): RequestHandler {
  return (request, response) => answering(response, () => act(parsed(schema, request.body)));
}

export async function answering(response: Response, act: () => Promise<unknown>): Promise<void> {
  try {
    response.json(await act());
  } catch (error) {
    fail(error, response);
  }
}

/** Answers an error: 400 if the caller can correct it, 504 if the app did not answer in time. */
export function fail(error: unknown, response: Response): void {
  const { code, message = reasonOf(error) } = refusalOf(error) ?? {};
  const bug = error instanceof SyntaxError ? 400 : 500;
  const status = code === undefined ? bug : code === 'unavailable' ? 504 : 400;
  response.status(status).json({ error: message, code });
}
