#!/usr/bin/env node
import { availableParallelism } from 'node:os';
import { runCommandLine } from './commands/program.js';
import { exitCodes } from './errors.js';

try {
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
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`dag2event: this is a bug in dag2event, not in your files; please report it with these lines\n${stack}\n`);
  process.exitCode = exitCodes.usage;
}
