// A Python process that stays: lists of sources in, verdicts out.

import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('./compile.py', import.meta.url));

/** The first Python on this machine whose grammar we know; undefined when there is none. */
export function findPython() {
  const candidates = [process.env['DAG2EVENT_PYTHON'], 'python3.12', 'python3'].filter(Boolean);
  return candidates.find((command) => {
    const { stdout } = spawnSync(command, ['-c', 'import sys; print(*sys.version_info[:2])'], { encoding: 'utf8' });
    const [major, minor] = (stdout ?? '').split(' ').map(Number);
    return major === 3 && minor >= 9 && minor <= 12;
  });
}

/** Starts it; `judge` gives null for an accepted source, else message and line. Dead sources end it: it starts again. */
export async function startPython(command) {
  let current = await launch(command);
  return {
    version: current.version,
    judge: async (sources) => {
      const answer = await current.ask(sources);
      if (answer !== undefined) return answer;
      current = await launch(command);
      if (sources.length === 1) return [['CPython itself crashed', 0]];
      const single = [];
      for (const source of sources) {
        const one = await current.ask([source]);
        single.push(one === undefined ? ['CPython itself crashed', 0] : one[0]);
        if (one === undefined) current = await launch(command);
      }
      return single;
    },
    stop: () => current.stop(),
  };
}

async function launch(command) {
  const child = spawn(command, ['-I', script], { stdio: ['pipe', 'pipe', 'ignore'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.on('error', () => {});
  const next = async () => {
    const { value, done } = await lines.next();
    return done ? undefined : JSON.parse(value);
  };
  const version = await next();
  return {
    version,
    ask: (sources) => {
      child.stdin.write(`${JSON.stringify(sources)}\n`);
      return next();
    },
    stop: () => child.stdin.end(),
  };
}
