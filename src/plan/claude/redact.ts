import { holdsToken, redactText } from '../../util/redact.js';

interface SecretPattern {
  kind: string;
  pattern: RegExp;
}

/** What may be a secret: more than what is told by its form, since a reader who misses a word asks. */
const secretPatterns: readonly SecretPattern[] = [
  { kind: 'uri_user', pattern: /(?<=\b[a-z][\w+.-]*:\/\/)[^\s/@]+(?=@)/gi },
  { kind: 'uri_query', pattern: /(?<=\b[a-z][\w+.-]*:\/\/[^\s?]*)\?\S+/gi },
  { kind: 'bearer', pattern: /(?<=\b(?:bearer|basic)\s+)[\w.~+/=-]{8,}/gi },
  {
    kind: 'assignment',
    pattern: /(?<=(?:password|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|credential)s?["']?\s*[:=]\s*)["']?[^\s"',;]{3,}["']?/gi,
  },
  { kind: 'flag', pattern: /(?<=\s(?:--password[= ]|-p ?))\S{3,}/g },
];

/** A random-looking word this long is more likely a secret than a name. */
const SECRET_LENGTH = 24;
/** Bits per character: hexadecimal digests reach 4, words about 3.5. */
const SECRET_ENTROPY = 4.2;

/** Replaces everything that looks like a secret by its kind. */
export function redact(text: string): string {
  const known = secretPatterns.reduce(
    (left, { kind, pattern }) => left.replace(pattern, `[redacted ${kind}]`),
    redactText(text),
  );
  return known.replace(/[\w+/=-]{24,}/g, (word) => (isRandom(word) ? '[redacted random]' : word));
}

function isRandom(word: string): boolean {
  return word.length >= SECRET_LENGTH && /\d/.test(word) && /[a-z]/i.test(word) && entropy(word) >= SECRET_ENTROPY;
}

function entropy(word: string): number {
  const counts = new Map<string, number>();
  for (const letter of word) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / word.length) * Math.log2(count / word.length), 0);
}

/** Whether any text in a value holds what is a secret for certain. */
export function holdsSecret(value: unknown): boolean {
  if (typeof value === 'string') return holdsToken(value);
  if (Array.isArray(value)) return value.some(holdsSecret);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsSecret);
}
