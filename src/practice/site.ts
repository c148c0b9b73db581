// Serves the practice workspace on the web port: its page and its driver, only for this machine.
import { Router } from 'express';
import { onlyLocal } from './only-local.ts';

export function practiceSite({ driver, page }: { driver: Router; page: Router }): Router {
  return Router()
    .use(onlyLocal({ linked: true }))
    .use('/practice', driver)
    .use('/', page);
}
