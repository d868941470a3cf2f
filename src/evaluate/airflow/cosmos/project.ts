import type { Place } from '../../../model/place.js';
import { locate } from '../../library/paths/repository.js';
import { YamlMistake, readYaml } from '../../library/text/yaml-read.js';
import type { Runtime } from '../../runtime.js';
import { PyDict } from '../../values.js';
import { ManifestMistake, nodesOf, readManifest } from './manifest.js';
import { pathParts } from './node.js';
import type { DbtNodes } from './node.js';
import { NotRendered } from './settings.js';
import type { Settings } from './settings.js';

/** The nodes of the project that a rendering is about; raises NotRendered where they can't be had. */
export function loadProject(rt: Runtime, settings: Settings, place: Place): DbtNodes {
  const { loadMethod, manifest } = settings;
  if (loadMethod !== 'automatic' && loadMethod !== 'dbt_manifest') {
    return hide(rt, `load_method ${loadMethod} asks dbt itself; with a manifest.json of the project in the repository and LoadMode.DBT_MANIFEST the tasks are known`, place);
  }
  if (manifest === undefined) {
    return hide(rt, 'without ProjectConfig(manifest_path=...) Cosmos asks dbt itself; with a manifest.json of the project in the repository the tasks are known', place);
  }
  checkProject(rt, settings, place);
  const { bytes, inside } = readFile(rt, manifest, place);
  try {
    return nodesOf(readManifest(rt, inside, bytes), pathParts(settings.project), packagesFolder(rt, settings, place));
  } catch (error) {
    if (error instanceof ManifestMistake) return hide(rt, `${inside} can't be used: ${error.message}`, place);
    throw error;
  }
}

function hide(rt: Runtime, text: string, place: Place): never {
  throw new NotRendered(rt.unknown('external_data', text, place));
}

function readFile(rt: Runtime, path: string, place: Place): { readonly bytes: Uint8Array; readonly inside: string } {
  const location = path.includes('://') ? undefined : locate(rt, path, place);
  if (location === undefined) return hide(rt, `the dbt manifest '${path}' lies outside the repository; copied into it, the tasks are known`, place);
  const { inside } = location;
  const bytes = rt.repository.files.read(inside);
  if (bytes !== undefined) return { bytes, inside };
  const isThere = rt.repository.files.kind(inside) === 'file';
  return hide(rt, isThere ? `the dbt manifest ${inside} can't be read or is too large` : `the dbt manifest ${inside} is not in the repository; with it (dbt parse writes it) the tasks are known`, place);
}

/** Cosmos wants `dbt_project.yml`, the models' folder and the profiles to be there; what is built later may add them. */
function checkProject(rt: Runtime, { ownProject, models, profilesFile, mode }: Settings, place: Place): void {
  const wanted = [
    ...(ownProject === undefined ? [] : [`${ownProject}/dbt_project.yml`, models ?? '']),
    ...(profilesFile !== undefined && (mode === 'local' || mode === 'virtualenv') ? [profilesFile] : []),
  ];
  for (const path of wanted) {
    const location = locate(rt, path, place);
    if (location === undefined) rt.assume('file', `'${path}' exists where Airflow runs`, place);
    else if (rt.repository.files.kind(location.inside) === undefined) hide(rt, `${location.inside} is not in the repository; with it the tasks are known`, place);
  }
}

/** Where `dbt deps` puts packages, relative to the project. */
function packagesFolder(rt: Runtime, settings: Settings, place: Place): readonly string[] {
  const location = locate(rt, `${settings.project}/dbt_project.yml`, place);
  const bytes = location === undefined ? undefined : rt.repository.files.read(location.inside);
  const path = bytes === undefined ? undefined : installPath(rt, new TextDecoder().decode(bytes), place);
  if (path?.includes('{') === true) return hide(rt, 'packages-install-path of dbt_project.yml is a template', place);
  return pathParts(path ?? 'dbt_packages');
}

function installPath(rt: Runtime, text: string, place: Place): string | undefined {
  try {
    const document = readYaml(rt, text, place)[0];
    const path = document instanceof PyDict ? document.entries.get('packages-install-path')?.value : undefined;
    return typeof path === 'string' ? path : undefined;
  } catch (error) {
    if (error instanceof YamlMistake) return undefined;
    throw error;
  }
}
