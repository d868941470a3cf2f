import { spawn } from 'node:child_process';
import { KnownError } from '../errors.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The system's own way to open a file; BROWSER names another program. */
function openerOf(environment: Environment): readonly [program: string, ...words: string[]] {
  const chosen = environment['BROWSER'];
  if (chosen !== undefined && chosen !== '') return [chosen];
  if (process.platform === 'darwin') return ['open'];
  return process.platform === 'win32' ? ['explorer.exe'] : ['xdg-open'];
}

/** Shows a file in the user's browser. It goes on when this process has ended. */
export function openFile(file: string, environment: Environment): Promise<void> {
  const [program, ...words] = openerOf(environment);
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...words, file], { detached: true, stdio: 'ignore', env: environment });
    child.on('error', (cause) => reject(new KnownError(`${program} can't be started, so ${file} was written but not opened`, 'open it by hand, or name a program in BROWSER', { cause })));
    child.on('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
