/** Names of arguments and keys that hold secrets. */
const secretName = /(^|[_-])(password|passwd|pwd|secret|token|api[_-]?key|apikey|access[_-]?key|private[_-]?key|credentials?|auth)$/i;

/** Whether a value given under a name must not leave the machine. Connection ids are names, not secrets. */
export function isSecretName(name: string): boolean {
  return secretName.test(name) && !/_id$/i.test(name);
}

/** Forms of secrets inside text, each with what stays of it. */
const secretForms: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, '<redacted:private_key>'],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:'"]*:[^\s/@'"]+@/gi, '$1<redacted>@'],
  [/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, '<redacted:aws_key>'],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, '<redacted:jwt>'],
  [/\b(?:ghp|gho|ghs|ghu|github_pat)_\w{20,}/g, '<redacted:github_token>'],
  [/\bxox[abprs]-[\w-]{10,}/g, '<redacted:slack_token>'],
  [/https:\/\/hooks\.slack\.com\/services\/[\w/]+/g, '<redacted:slack_webhook>'],
  [/\b(?:sk|rk|pk)[-_](?:live|test|ant|proj)[-_][\w-]{10,}/g, '<redacted:api_key>'],
  [/((?:password|passwd|pwd|secret|token|api_?key)["']?\s*[=:]\s*["']?)(?!\{\{|\$|<)[^\s"'&;,]{4,}/gi, '$1<redacted>'],
  [/(Bearer\s+)(?!\{\{|\$)[\w.~+/-]{12,}=*/g, '$1<redacted>'],
];

/** A part of every form: most texts are done with after one look. */
const anyForm = /:\/\/|-----BEGIN|AKIA|ASIA|eyJ|gh[posu]_|github_pat|xox|[srp]k[-_]|passw|pwd|secret|token|api_?key|Bearer/i;

/** What the shortest form has: `a://:b@`. */
const LEAST_LENGTH = 7;

/** Text without the secrets that can be told by their form. */
export function redactText(text: string): string {
  if (text.length < LEAST_LENGTH || !anyForm.test(text)) return text;
  return secretForms.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), text);
}
