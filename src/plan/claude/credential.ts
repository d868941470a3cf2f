/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How Claude is to be reached. `chain`: the SDK finds a profile or a workload identity by the variables that name it. */
export type Credential = { kind: 'api_key'; value: string } | { kind: 'auth_token'; value: string } | { kind: 'chain' };

/** The first credential that the environment holds, in the SDK's own order. A profile counts only when it is named. */
export function findCredential(environment: Environment): Credential | undefined {
  const apiKey = given(environment, 'ANTHROPIC_API_KEY');
  if (apiKey !== undefined) return { kind: 'api_key', value: apiKey };
  const authToken = given(environment, 'ANTHROPIC_AUTH_TOKEN');
  if (authToken !== undefined) return { kind: 'auth_token', value: authToken };
  return namesProfile(environment) || namesWorkload(environment) ? { kind: 'chain' } : undefined;
}

/** Whether Claude can be asked at all: decided before a client is built, since the SDK fails only at its first call. */
export function hasCredential(environment: Environment): boolean {
  return findCredential(environment) !== undefined;
}

function namesProfile(environment: Environment): boolean {
  return given(environment, 'ANTHROPIC_PROFILE') !== undefined;
}

function namesWorkload(environment: Environment): boolean {
  const token = given(environment, 'ANTHROPIC_IDENTITY_TOKEN_FILE') ?? given(environment, 'ANTHROPIC_IDENTITY_TOKEN');
  const rule = given(environment, 'ANTHROPIC_FEDERATION_RULE_ID');
  const organization = given(environment, 'ANTHROPIC_ORGANIZATION_ID');
  return token !== undefined && rule !== undefined && organization !== undefined;
}

function given(environment: Environment, name: string): string | undefined {
  const value = environment[name]?.trim();
  return value === '' ? undefined : value;
}
