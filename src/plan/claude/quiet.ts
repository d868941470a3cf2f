import type { Credential } from './credential.js';
import type { Logger } from './options.js';
import { redact } from './redact.js';

interface Quiet {
  text: (text: string) => string;
  logger: (logger: Logger) => Logger;
}

/** Keeps the credential out of every message, however it got there: an error body may echo it. */
export function withoutSecrets(credential: Credential | undefined): Quiet {
  const secret = credential && credential.kind !== 'chain' ? credential.value : undefined;
  const forms = secret === undefined ? [] : [secret, secret.replace(/\s+/g, ' ')];
  const text = (message: string): string => redact(forms.reduce((left, form) => left.replaceAll(form, '[redacted]'), message));
  const line = (message: string, rest: readonly unknown[]): string => text([message, ...rest.map(show)].join(' '));
  return {
    text,
    logger: (logger) => ({
      error: (message, ...rest) => logger.error(line(message, rest)),
      warn: (message, ...rest) => logger.warn(line(message, rest)),
      info: (message, ...rest) => logger.info(line(message, rest)),
      debug: (message, ...rest) => logger.debug(line(message, rest)),
    }),
  };
}

/** Objects are not spelled out: a request or a response is among them. */
function show(value: unknown): string {
  if (value instanceof Error) return value.message;
  return typeof value === 'string' || typeof value === 'number' ? `${value}` : '';
}
