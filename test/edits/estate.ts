import { cpSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CheckDocument, type CheckedFinding } from '../../src/model/check.js';
import { run } from '../cli/run.js';
import { initGit } from '../support/git.js';

const example = fileURLToPath(new URL('../../fixtures/repos/retail-platform', import.meta.url));

/** A copy of the example estate in git, with a cache of its own. */
export class Estate {
  readonly #parent = realpathSync(mkdtempSync(path.join(tmpdir(), 'dag2event-edits-')));
  readonly root = path.join(this.#parent, 'estate');

  constructor() {
    cpSync(example, this.root, { recursive: true });
    initGit(this.root);
  }

  close(): void {
    rmSync(this.#parent, { recursive: true, force: true });
  }

  /** Names of files below the dags folder that end so. */
  files(...endings: string[]): string[] {
    return readdirSync(path.join(this.root, 'dags'), { recursive: true, encoding: 'utf8' })
      .filter((name) => endings.some((ending) => name.endsWith(ending)))
      .map((name) => `dags/${name.split(path.sep).join('/')}`)
      .sort();
  }

  /** Files that only Airflow reads: they can be renamed without anybody noticing. */
  dagFiles(): string[] {
    return this.files('.py').filter((name) => !name.startsWith('dags/common/') && !name.endsWith('__init__.py'));
  }

  read(name: string): string {
    return readFileSync(path.join(this.root, name), 'utf8');
  }

  write(name: string, text: string): void {
    writeFileSync(path.join(this.root, name), text);
  }

  async check(...words: string[]): Promise<CheckDocument> {
    const { stdout, stderr } = await run(['check', '.', '--format', 'json', '--quiet', '--cache-dir', path.join(this.#parent, 'cache'), ...words], { workingDirectory: this.root, build: 'edits' });
    if (stdout === '') throw new Error(stderr);
    return CheckDocument.parse(JSON.parse(stdout));
  }
}

/** What two full runs differ by, in words that can be compared. */
export function difference(now: readonly CheckedFinding[], before: readonly CheckedFinding[]): string[] {
  const ranks = { note: 0, warning: 1, error: 2 };
  const known = new Map(before.map((finding) => [finding.fingerprint, finding]));
  return namesOf(now.filter((finding) => !known.has(finding.fingerprint) || ranks[finding.level] > ranks[known.get(finding.fingerprint)?.level ?? 'error']));
}

/** Findings in words, sorted. */
export function namesOf(findings: readonly CheckedFinding[]): string[] {
  return findings.map(({ rule, level, dag_id, task_id, place }) => `${place.file}:${place.line} ${level} ${rule} ${dag_id ?? ''}/${task_id ?? ''}`).sort();
}

/** How many edits are made: few in every run of the tests, as many as are asked for by DAG2EVENT_EDITS. */
export function editCount(usual: number): number {
  const asked = Number(process.env['DAG2EVENT_EDITS'] ?? '');
  return asked > 0 ? asked : usual;
}
