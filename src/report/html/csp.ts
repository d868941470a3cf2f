import { createHash } from 'node:crypto';

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

/** A policy under which only the page's own style and script run, and nothing is loaded or sent. */
export function contentSecurityPolicy(page: { style: string; script: string }): string {
  return [
    "default-src 'none'",
    `style-src ${hashOf(page.style)}`,
    `script-src ${hashOf(page.script)}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
