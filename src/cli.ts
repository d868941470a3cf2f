#!/usr/bin/env node

/** Not 1, Node's own code for a crash: that would read as "findings" in a pull request check. */
const BUG_EXIT_CODE = 2;

/** Verbs need different functions, and help hardly any. */
function partOf(words: readonly string[]): string {
  const verbs = ['graph', 'analyze', 'plan', 'report', 'check', 'baseline'];
  const isTask = words.some((word) => !word.startsWith('-'));
  return words.find((word) => verbs.includes(word)) ?? (isTask ? 'migrate' : 'start');
}

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
  const { codeFolder, loadProgram } = await import('./load-program.js');
  const words = process.argv.slice(2);
  const { program, build, keepCode } = await loadProgram(codeFolder(process.env), partOf(words));
  process.exitCode = await program.runCommandLine(
    words,
    { stdout: process.stdout, stderr: process.stderr },
    {
      workingDirectory: process.cwd(),
      environment: process.env,
      isTerminal: process.stdout.isTTY,
      build,
    },
  );
  if (process.exitCode !== BUG_EXIT_CODE) keepCode();
} catch (error) {
  reportBug(error);
}
