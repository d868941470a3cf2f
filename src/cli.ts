#!/usr/bin/env node
import { availableParallelism } from 'node:os';

/** Not 1, Node's own code for a crash: that would read as "findings" in a pull request check. */
const BUG_EXIT_CODE = 2;

function reportBug(error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`dag2event: this is a bug in dag2event, not in your files; please report it with these lines\n${stack}\n`);
  process.exitCode = BUG_EXIT_CODE;
}

// An error outside of the awaited call, as of a stream, is caught here.
process.on('uncaughtException', (error) => {
  reportBug(error);
  process.exit();
});

try {
  // Loaded here, so that a broken installation is said by the same words.
  const { runCommandLine } = await import('./commands/program.js');
  process.exitCode = await runCommandLine(
    process.argv.slice(2),
    { stdout: process.stdout, stderr: process.stderr },
    {
      workingDirectory: process.cwd(),
      environment: process.env,
      isTerminal: process.stdout.isTTY,
      cores: availableParallelism(),
    },
  );
} catch (error) {
  reportBug(error);
}
