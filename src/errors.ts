/** Exit codes of every command; `check` gives all four, the others 0 or 2. */
export const exitCodes = { clean: 0, findings: 1, usage: 2, incomplete: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * A mistake of the user or of the input: shown in one line, without a stack. `message` says what was wrong, `advice`
 * what to do about it.
 */
export class KnownError extends Error {
  readonly advice: string;
  readonly exitCode: ExitCode;

  constructor(message: string, advice: string, options: { exitCode?: ExitCode; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'KnownError';
    this.advice = advice;
    this.exitCode = options.exitCode ?? exitCodes.usage;
  }
}
