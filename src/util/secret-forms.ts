/** A form by which a secret is told inside text. */
export interface SecretForm {
  readonly kind: string;
  /** The whole match is the secret, or what follows its first group. */
  readonly pattern: RegExp;
}

/**
 * Keys and tokens that are told by their own form, as their makers document it or as their keys look: nothing else looks
 * like this.
 */
export const tokenForms: readonly SecretForm[] = [
  { kind: 'private_key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g },
  { kind: 'jwt', pattern: /\beyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*/g },
  { kind: 'aws_key', pattern: /\b(?:AKIA|ASIA|AROA)[0-9A-Z]{12,}/g },
  { kind: 'github_token', pattern: /\b(?:gh[opsur]|github_pat)_\w{20,}/g },
  { kind: 'gitlab_token', pattern: /\bglpat-[\w-]{15,}/g },
  { kind: 'slack_token', pattern: /\bxox[abeprs]-[\w-]{10,}/g },
  { kind: 'slack_webhook', pattern: /https:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/]+/g },
  { kind: 'teams_webhook', pattern: /https:\/\/[\w.-]+\.webhook\.office\.com\/webhookb2\/[\w@/-]+/g },
  { kind: 'discord_webhook', pattern: /https:\/\/discord(?:app)?\.com\/api\/webhooks\/\d+\/[\w-]+/g },
  { kind: 'telegram_token', pattern: /\b\d{8,10}:AA[\w-]{33}\b/g },
  { kind: 'api_key', pattern: /\b(?:sk|rk|pk)[-_](?:live|test|ant|proj)[-_][\w-]{10,}/g },
  { kind: 'google_key', pattern: /\bAIza[\w-]{30,}/g },
  { kind: 'google_token', pattern: /\bya29\.[\w-]{20,}/g },
  { kind: 'npm_token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  { kind: 'pypi_token', pattern: /\bpypi-AgE[\w-]{20,}/g },
  { kind: 'hugging_face_token', pattern: /\bhf_[A-Za-z0-9]{30,}\b/g },
  { kind: 'databricks_token', pattern: /\bdapi[0-9a-f]{32}(?:-\d)?\b/g },
  { kind: 'sendgrid_key', pattern: /\bSG\.[\w-]{15,}\.[\w-]{15,}/g },
  { kind: 'mailgun_key', pattern: /\bkey-[0-9a-f]{32}\b/g },
  { kind: 'twilio_key', pattern: /\bSK[0-9a-f]{32}\b/g },
  { kind: 'shopify_token', pattern: /\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/g },
  { kind: 'digital_ocean_token', pattern: /\bdo[opr]_v1_[0-9a-f]{64}\b/g },
  { kind: 'new_relic_key', pattern: /\bNRAK-[A-Z0-9]{27}\b/g },
  { kind: 'grafana_token', pattern: /\bglsa_[A-Za-z0-9]{32}_[0-9a-f]{8}\b/g },
  { kind: 'vault_token', pattern: /\bhv[sb]\.[\w-]{20,}/g },
  { kind: 'atlassian_token', pattern: /\bATATT3[\w=-]{20,}/g },
];

/** What is a template or a variable is the name of a secret, not the secret. */
const value = String.raw`(?!\{\{|\$|<|%\()`;

/** Secrets that are told by what stands before them. */
export const placedForms: readonly SecretForm[] = [
  { kind: 'uri_password', pattern: /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@:'"]*:[^\s/@'"]+(?=@)/gi },
  { kind: 'uri_signature', pattern: new RegExp(String.raw`([?&](?:sig|signature|sas|x-amz-(?:signature|credential|security-token)|x-goog-signature)=)${value}[^\s&"'<]{4,}`, 'gi') },
  {
    kind: 'assignment',
    pattern: new RegExp(
      String.raw`((?:password|passwd|pwd|secret|token|credential|api[_-]?key|(?:account|access|shared_?access|private|fernet|signing|encryption)[_-]?key)\\?["']?\s*[=:]\s*\\?["']?)${value}[^\s"'&;,\\]{4,}`,
      'gi',
    ),
  },
  { kind: 'authorization', pattern: new RegExp(String.raw`(authorization["']?\s*[=:,]\s*["']?(?:basic|bearer|token)\s+)${value}[^\s"',;]{6,}`, 'gi') },
  { kind: 'bearer', pattern: new RegExp(String.raw`(Bearer\s+)${value}[\w.~+/-]{12,}=*`, 'g') },
  { kind: 'flag', pattern: new RegExp(String.raw`(--(?:password|passwd|token|secret|api-key|access-key|secret-key)\s+["']?)${value}(?!-)[^\s"']{4,}`, 'gi') },
  { kind: 'mysql_flag', pattern: new RegExp(String.raw`(\bmysql(?:dump|admin|import)?\s(?:[^\n|;&]*?\s)?-p)${value}[^\s"']{3,}`, 'g') },
  { kind: 'curl_user', pattern: new RegExp(String.raw`(\bcurl\s(?:[^\n|;&]*?\s)?(?:-u|--user)\s+["']?[^\s:"']+:)${value}[^\s"']{3,}`, 'g') },
  { kind: 'sshpass', pattern: new RegExp(String.raw`(\bsshpass\s+-p\s*["']?)${value}[^\s"']{3,}`, 'g') },
];

/** A part of every form: most texts are done with after one look. */
export const anyForm =
  /:\/\/|-----BEGIN|AKIA|ASIA|AROA|eyJ|gh[oprsu]_|github_pat|glpat-|xox|[srp]k[-_]|AIza|ya29|npm_|pypi-|hf_|dapi|SG\.|key-|SK[0-9a-f]|shp|_v1_|NRAK|glsa_|hv[sb]\.|ATATT|:AA|passw|pwd|secret|token|credential|key["']?\s*[=:]|authorization|Bearer|mysql|curl|[?&](?:sig|sas|x-)|[A-Za-z0-9/+]{40}/i;
