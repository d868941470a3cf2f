import { KnownError } from '../errors.js';
import { UserContext } from '../model/context.js';
import { redactWithin } from '../util/redact.js';
import { readYaml } from './read-config.js';

/** Reads the user's context file. Throws a KnownError that names the place in the file where something is not as it should be. */
export function readContext(file: string): UserContext {
  const result = UserContext.safeParse(readYaml(file, 'context') ?? {});
  // What the user writes goes into plans, reports and requests too.
  if (result.success) return redactWithin(result.data);
  // What was misspelt explains what is missing.
  const issue = result.error.issues.find(({ code }) => code === 'unrecognized_keys') ?? result.error.issues[0];
  const at = issue?.path.join('.') ?? '';
  const wrong = issue?.code === 'unrecognized_keys' ? `unknown key ${issue.keys.join(', ')}` : (issue?.message ?? 'not valid');
  throw new KnownError(`${file}: ${at === '' ? '' : `${at}: `}${wrong}`, '`dag2event schema context` says what it may hold, `dag2event init` writes one with comments');
}
