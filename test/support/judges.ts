import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

// Programs and schemas of others that judge what we write. They are installed here, at these versions, once.

const folder = fileURLToPath(new URL('../../.cache/judges', import.meta.url));
const packages = ['black==26.10.1', 'check-jsonschema==0.39.0', 'lxml==6.1.3', 'pre-commit==4.7.0', 'rfc3986-validator==0.1.1', 'ruff==0.17.5'];

/** A program of the environment that holds the packages. */
function pythonTool(name: string): string {
  const home = path.join(folder, `python-${packages.join('_').replaceAll('=', '')}`);
  if (!existsSync(home)) {
    const fresh = `${home}.${process.pid}`;
    execFileSync('python3', ['-m', 'venv', fresh], { stdio: 'pipe' });
    execFileSync(path.join(fresh, 'bin/python'), ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...packages], { stdio: 'pipe' });
    keep(fresh, home);
  }
  return path.join(home, 'bin', name);
}

/** Runs a module of one of the packages and gives what it printed; throws when it fails. */
export function runPythonModule(module: 'black' | 'check_jsonschema' | 'pre_commit' | 'ruff', words: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): string {
  return execFileSync(pythonTool('python'), ['-m', module, ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: options.cwd, env: { ...process.env, ...options.env } });
}

/** Says what a JSON Schema has against a file; empty when nothing. */
export function schemaProblems(file: string, schema: { file: string } | { builtin: string }): string {
  const which = 'file' in schema ? ['--schemafile', schema.file] : ['--builtin-schema', schema.builtin];
  try {
    // The published schema of SARIF has a pattern that only the older reading of patterns takes.
    runPythonModule('check_jsonschema', ['--regex-variant', 'nonunicode', ...which, file]);
    return '';
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `${stdout}${stderr}` || String(error);
  }
}

const xsdProgram = `
import sys
from lxml import etree
schema = etree.XMLSchema(etree.parse(sys.argv[1]))
document = etree.parse(sys.argv[2])
print("" if schema.validate(document) else schema.error_log)
`;

/** Says what an XML Schema has against a file; empty when nothing. */
export function xsdProblems(file: string, schema: string): string {
  return execFileSync(pythonTool('python'), ['-c', xsdProgram, schema, file], { encoding: 'utf8' }).trim();
}

/** The published schema of SARIF 2.1.0. */
export function sarifSchema(): string {
  return unpacked('sarif-2.1.0.json', 'package/lib/schemas/sarif-2.1.0-rtm.5.json', (target) => {
    execFileSync('npm', ['pack', '@microsoft/jest-sarif@1.0.0-beta.0', '--pack-destination', target], { stdio: 'pipe' });
  });
}

/** The schema by which Jenkins reads JUnit's reports. */
export function junitSchema(): string {
  return unpacked('junit-10.xsd', 'pytest-8.3.4/testing/example_scripts/junit-10.xsd', (target) => {
    execFileSync(pythonTool('python'), ['-m', 'pip', 'download', '-q', '--no-deps', '--no-binary', ':all:', '-d', target, 'pytest==8.3.4'], { stdio: 'pipe' });
  });
}

function unpacked(name: string, member: string, download: (target: string) => void): string {
  const file = path.join(folder, name);
  if (existsSync(file)) return file;
  const fresh = path.join(folder, `${name}.${process.pid}`);
  mkdirSync(fresh, { recursive: true });
  download(fresh);
  const archive = execFileSync('ls', [fresh], { encoding: 'utf8' }).trim();
  execFileSync('tar', ['xzf', path.join(fresh, archive), '-C', fresh, member]);
  renameSync(path.join(fresh, member), file);
  rmSync(fresh, { recursive: true });
  if (readFileSync(file).length === 0) throw new Error(`${name} is empty`);
  return file;
}

/** Another worker may have been faster. */
function keep(fresh: string, home: string): void {
  try {
    renameSync(fresh, home);
  } catch {
    rmSync(fresh, { recursive: true, force: true });
  }
}
