/** Gmail's page before its script runs: security headers, data, a loading screen. */
import { randomBytes } from 'node:crypto';
import type { StandInMail } from '../mailbox.ts';

const STYLES = ['page', 'list', 'conversation']
  .map((name) => `<link rel="stylesheet" href="/mail/_/${name}.css">`)
  .join('');

/** The page's security headers and its text. */
export interface Shell {
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
}

/** The page's own name for the session; "Show original" wants it. */
export const SESSION_KEY = '0123456789';

/** Built anew for every request, as the nonce is. */
export function shell(account: number, mails: readonly StandInMail[]): Shell {
  const nonce = randomBytes(16).toString('base64url');
  const data = mails.map(({ octets: _octets, zone: _zone, ...mail }) => mail);
  return {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': [
        `script-src 'nonce-${nonce}' 'strict-dynamic' https: 'unsafe-eval'; object-src 'none'; base-uri 'self'`,
        "require-trusted-types-for 'script'",
      ],
      'X-Frame-Options': 'SAMEORIGIN',
      'Set-Cookie': [
        'SESSION=stand-in; Path=/mail; Secure; HttpOnly; SameSite=Lax',
        'STRICT=stand-in; Path=/mail; Secure; HttpOnly; SameSite=Strict',
      ],
    },
    body: `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Gmail</title>${STYLES}
<script nonce="${nonce}">var GM_ID_KEY='${SESSION_KEY}';var GLOBALS=[null,null,null,null,null,null,null,null,null,'${SESSION_KEY}','naomi@lakeside.example'];</script>
</head><body><div id="loading">Loading Gmail</div>
<script nonce="${nonce}" type="application/json" id="mails">${JSON.stringify({ account, mails: data }).replaceAll('<', '\\u003c')}</script>
<script nonce="${nonce}" type="module" src="/mail/_/app.js"></script></body></html>`,
  };
}
