import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** A value as a nested array whose first item is the type's name; see worker.py. */
export type Tree = string | readonly Tree[];

/** What a program left behind in CPython. */
export interface Outcome {
  readonly values: Readonly<Record<string, { readonly tree: Tree; readonly repr: string | null }>>;
  readonly raised: readonly [name: string, text: string] | null;
}

type Answer = Partial<Outcome> & { readonly id: number; readonly timeout?: boolean };

/** The interpreter that is the judge; `PYTHON` names another one. */
export const pythonCommand = process.env['PYTHON'] ?? 'python3';

/** A CPython process that lives as long as the run and gets programs over a pipe. */
export class PythonWorker {
  private child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private lastId = 0;

  constructor(private readonly command = pythonCommand) {
    this.child = this.start();
  }

  /** Hashes of texts are fixed unless asked otherwise, so that a seed tells the same twice. Starts the process; one that a program brought down is replaced by the next. */
  private start(): ChildProcessByStdio<Writable, Readable, null> {
    const child = spawn(this.command, ['-X', 'utf8', path.join(import.meta.dirname, 'worker.py')], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, PYTHONHASHSEED: process.env['PYTHONHASHSEED'] ?? '0' } });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const answer = JSON.parse(line) as Answer;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    child.stdin.on('error', () => undefined);
    child.on('exit', () => {
      if (this.isStopped) return;
      this.child = this.start();
      for (const answer of this.waiting.values()) answer({ id: -1, timeout: true });
      this.waiting.clear();
    });
    return child;
  }

  private isStopped = false;

  /** What a program leaves behind; undefined when it takes too long. */
  run(source: string): Promise<Outcome | undefined> {
    const id = (this.lastId += 1);
    return new Promise((resolve) => {
      this.waiting.set(id, ({ values, raised }) => {
        resolve(values === undefined ? undefined : { values, raised: raised ?? null });
      });
      this.child.stdin.write(`${JSON.stringify({ id, source })}\n`);
    });
  }

  stop(): void {
    this.isStopped = true;
    this.child.stdin.end();
  }
}
