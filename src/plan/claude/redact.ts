interface SecretPattern {
  kind: string;
  pattern: RegExp;
}

/** What looks like a secret, the surest signs first. A pattern replaces its whole match. */
const secretPatterns: readonly SecretPattern[] = [
  { kind: 'private_key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g },
  { kind: 'jwt', pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g },
  { kind: 'vendor_key', pattern: /\b(sk-[\w-]{12,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{15,}|xox[abeprs]-[\w-]{10,}|AIza[\w-]{30,}|npm_\w{30,}|dapi[0-9a-f]{28,}|SG\.[\w-]{15,}\.[\w-]{15,})/g },
  { kind: 'aws_key', pattern: /\b(AKIA|ASIA|AROA)[0-9A-Z]{12,}/g },
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
    text,
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

/** The kinds of which a match is a secret for certain; the others also meet plain words. */
const certain = new Set(['private_key', 'jwt', 'vendor_key', 'aws_key']);

/** Whether any text in a value holds what is a secret for certain, or an address with a password. */
export function holdsSecret(value: unknown): boolean {
  if (typeof value === 'string')
    return secretPatterns.some(({ kind, pattern }) => certain.has(kind) && value.search(pattern) >= 0) || /\b[a-z][\w+.-]*:\/\/[^\s/@:{]+:[^\s/@{]+@/i.test(value);
  if (Array.isArray(value)) return value.some(holdsSecret);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsSecret);
}
