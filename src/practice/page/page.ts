// Serves the files of the practice page.
import { readdirSync } from 'node:fs';
import { extname, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Response, Router } from 'express';

const folder = fileURLToPath(new URL('.', import.meta.url));

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The security policy of the page. It shows untrusted texts, so it may run only its own scripts and connect only to its
 * own server.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Returns the router. Mount it at the page's path, beside the driver at /practice. It passes other paths to the next
 * route.
 */
export function practicePage(): Router {
  const router = Router();
  const names = new Set(namesIn(folder));
  router.get('/', (request, response) => {
    const [path = '', query] = request.originalUrl.split('?');
    // The page's links to its files are relative, so its own address must end with a slash.
    if (path.endsWith('/')) send(response, 'index.html');
    else response.redirect(302, `${path.split('/').at(-1)}/${query === undefined ? '' : `?${query}`}`);
  });
  router.get('/*path', (request, response, next) => {
    const name = request.params.path.join('/');
    if (names.has(name)) send(response, name);
    else next();
  });
  return router;
}

/** Returns the paths of all files, relative to the folder and with slashes. */
function namesIn(root: string): string[] {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => extname(name) in types).map((name) => name.split(sep).join('/'));
}

function send(response: Response, name: string): void {
  response.set({
    'content-type': types[extname(name)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  });
  response.sendFile(name, { root: folder });
}
