import type { OutputStream } from '../../src/commands/io.js';
import { runCommandLine } from '../../src/commands/program.js';

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  workingDirectory: string;
  environment?: Record<string, string>;
  isTerminal?: boolean;
  /** The name of a build: with one, results are kept. */
  build?: string;
}

/** Runs a command line in this process, as the tool's own entry does, and keeps what it writes. */
export async function run(words: readonly string[], options: RunOptions): Promise<RunResult> {
  const isTTY = options.isTerminal ?? false;
  const stdout = new Recorder(isTTY);
  const stderr = new Recorder(isTTY);
  const exitCode = await runCommandLine(
    words,
    { stdout, stderr },
    {
      workingDirectory: options.workingDirectory,
      environment: options.environment ?? {},
      isTerminal: isTTY,
      build: options.build,
    },
  );
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

class Recorder implements OutputStream {
  text = '';
  constructor(readonly isTTY: boolean) {}

  write(text: string, done: () => void): void {
    this.text += text;
    done();
  }

  on(): void {
    // A recorder never fails.
  }
}
