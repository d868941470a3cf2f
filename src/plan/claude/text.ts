import { redact } from './redact.js';

/** Characters that steer a terminal, a renderer or a reader's eye instead of being read. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const steering = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
const links = /\b(?:https?|ftp|file|data|javascript):\S+/gi;

/** Text of the repository that is small enough and harmless enough to be sent. */
export function outgoing(text: string, limit: number): string {
  return redact(text.replace(steering, ' ').slice(0, limit));
}

/** Text of a reply that may stand in a plan: one line, no links, no longer than it is useful. */
export function incoming(text: string, limit: number): string {
  const clean = text.replace(steering, ' ').replace(links, '(link removed)').replace(/\s+/g, ' ').trim();
  return clean.length <= limit ? clean : `${clean.slice(0, limit - 3).trimEnd()}...`;
}

/** JSON that can't close the tag around it, nor hide or turn text. It parses back to the same value. */
export function fence(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
