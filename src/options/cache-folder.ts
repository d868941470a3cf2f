import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where things that can be made again are kept between runs: DAG2EVENT_CACHE_DIR, or the platform's place for them
 * (XDG Base Directory Specification; `Library/Caches`; `LOCALAPPDATA`). Undefined when the user has no home.
 */
export function cacheFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const given = environment['DAG2EVENT_CACHE_DIR'];
  if (given !== undefined && given !== '') return path.resolve(given);
  const base = platformFolder(environment);
  return base === undefined ? undefined : path.join(base, 'dag2event');
}

function platformFolder(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  // The specification wants relative paths ignored.
  const stated = environment['XDG_CACHE_HOME'];
  if (stated !== undefined && path.isAbsolute(stated)) return stated;
  if (process.platform === 'win32') return environment['LOCALAPPDATA'];
  const home = environment['HOME'] ?? ownHome();
  if (home === undefined || !path.isAbsolute(home)) return undefined;
  return process.platform === 'darwin' ? path.join(home, 'Library', 'Caches') : path.join(home, '.cache');
}

function ownHome(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}
