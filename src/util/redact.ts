import { anyForm, placedForms, tokenForms } from './secret-forms.js';

/** Names of arguments and keys that hold secrets. */
const secretName = /(^|[_-])(password|passwd|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|credentials?|auth)$/i;

/** Whether a value given under a name must not leave the machine. Connection ids are names, not secrets. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !/_id$/i.test(name);
}

/** What the shortest form has: `a://:b@`. */
const LEAST_LENGTH = 7;

/** Text without the secrets that can be told by their form. */
export function redactText(text: string): string {
  if (text.length < LEAST_LENGTH || !anyForm.test(text)) return text;
  const withoutTokens = tokenForms.reduce((left, { kind, pattern }) => left.replace(pattern, `<redacted:${kind}>`), text);
  const withoutPlaced = placedForms.reduce((left, { pattern }) => left.replace(pattern, '$1<redacted>'), withoutTokens);
  return withoutPlaced.replace(awsSecret, (word) => (isRandom(word) ? '<redacted:aws_secret>' : word));
}

/** A text in quotes behind a name that says that it is a secret. */
const quotedSecret =
  /((?:passw(?:or)?d|passwd|pwd|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credential|auth)[\w-]*["']?\s*(?:[:=]|,)\s*[bfru]{0,2})(["'])(?:\\.|(?!\2).)*\2?/gi;

/** A line of code as it may be shown: without what looks like a secret. */
export function redactCode(line: string): string {
  return redactText(line).replace(quotedSecret, '$1$2<redacted>$2');
}

/** Whether a text holds what is a secret for certain: a token of a known form, or an address with a password. */
export function holdsToken(text: string): boolean {
  return anyForm.test(text) && (tokenForms.some(({ pattern }) => text.search(pattern) >= 0) || /\b[a-z][\w+.-]*:\/\/[^\s/@:{]+:[^\s/@{]+@/i.test(text));
}

/** The same value with every text in it redacted; where nothing is to hide, the value itself. */
export function redactWithin<Value>(value: Value): Value {
  return hide(value) as Value;
}

function hide(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map(hide);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value).map(([key, item]) => [redactText(key), hide(item)] as const);
  const isSame = Object.entries(value).every(([key, item], index) => entries[index]?.[0] === key && entries[index][1] === item);
  return isSame ? value : Object.fromEntries(entries);
}

/** The length of AWS's secret access keys, which have no other form. */
const awsSecret = /(?<![\w/+=.-])[A-Za-z0-9/+]{40}(?![\w/+=.-])/g;

/** Names of several words change between cases less often than random letters do. */
const LEAST_TURNS = 15;

function isRandom(word: string): boolean {
  const turns = word.match(/[A-Z]+|[a-z]+|\d+|[/+]+/g) ?? [];
  return turns.length >= LEAST_TURNS && /\d/.test(word) && /[a-z]/.test(word) && /[A-Z]/.test(word);
}
