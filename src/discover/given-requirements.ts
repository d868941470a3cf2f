import path from 'node:path';
import type { AirflowVersion } from '../model/graph.js';
import type { ProviderReleases } from '../model/repository.js';
import { readGivenText } from './inputs/data-file.js';
import { providersInRequirements } from './provider-clues.js';
import { collectProviders } from './providers.js';
import { namesVirtualenv } from './requirements.js';
import type { Trace } from './trace.js';
import { findInRequirements } from './version-clues.js';

interface GivenRequirements {
  readonly airflowVersion: AirflowVersion | undefined;
  readonly providers: ProviderReleases;
  readonly asksForVirtualenv: boolean;
}

/** What the user's own list of packages says about the deployment; the repository's files then have no say in it. */
export function readGivenRequirements(file: string | undefined, trace: Trace | undefined): GivenRequirements | undefined {
  if (file === undefined) return undefined;
  const text = readGivenText({ file, wanted: 'a requirements file, or what `pip freeze` prints', exportedBy: '`pip freeze`', trace });
  const clue = findInRequirements(text);
  const name = path.basename(file);
  return {
    airflowVersion: clue && { version: clue.version, source: 'requirements', detail: `${name}: ${clue.text}` },
    providers: collectProviders([{ clue: providersInRequirements(text), file: name }]),
    asksForVirtualenv: namesVirtualenv(text),
  };
}
