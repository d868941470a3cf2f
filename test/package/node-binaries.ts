import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const cache = fileURLToPath(new URL('../../.cache/node', import.meta.url));

/** Node of one version, from the registry's package with the binary for this machine; kept between runs. */
export function nodeBinary(version: string): string {
  const folder = path.join(cache, `${process.platform}-${process.arch}-${version}`);
  const binary = path.join(folder, 'package/bin/node');
  if (existsSync(binary)) return binary;
  const fresh = `${folder}.${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  const spec = `node-${process.platform}-${process.arch}@${version}`;
  const tarball = execFileSync('npm', ['pack', spec, '--silent'], { cwd: fresh, encoding: 'utf8' }).trim();
  execFileSync('tar', ['-xzf', tarball, 'package/bin/node'], { cwd: fresh });
  rmSync(path.join(fresh, tarball));
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
  return binary;
}
