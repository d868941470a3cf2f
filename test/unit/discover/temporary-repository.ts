import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** A folder with the given files that is gone when the test ends. */
export function makeRepository(files: Record<string, string | Uint8Array>, name = 'repo'): string {
  const parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'dag2event-')));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const root = path.join(parent, name);
  mkdirSync(root);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return root;
}
