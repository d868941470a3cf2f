import { repositoryPath, toRepositoryFile } from '../../library/paths/repository.js';
import { PyList, Unknown } from '../../values.js';
import type { PyDict, Value } from '../../values.js';
import { loadConfig } from './load-config.js';
import { get, mapping, pairs, set } from './values.js';
import type { Site } from './values.js';

/** The absolute path that the repository's dags folder seems to have. */
export function dagsFolderPath({ rt }: Site): string {
  return rt.repository.dagsRoot === '' ? repositoryPath : `${repositoryPath}/${rt.repository.dagsRoot}`;
}

/**
 * What the `defaults.yml` files around a configuration say, the nearest winning: those of its own folder and its parents
 * up to the defaults folder, or of both where one isn't in the other. Before 1.0 only the defaults folder was asked.
 */
export function fileDefaults(site: Site, configPath: string | undefined, folder: string): PyDict | Unknown {
  const files = foldersOf(site, configPath, folder).flatMap((each) => defaultsFileIn(site, each));
  const configs: PyDict[] = [];
  for (const file of files.reverse()) {
    const config = loadConfig(site, file);
    if (config instanceof Unknown) return config;
    configs.push(mapping(site, config));
  }
  const merged = site.rt.dict([['default_args', mergeDefaultArgs(site, configs)]]);
  for (const config of configs) for (const [key, value] of pairs(config)) if (key !== 'default_args') set(merged, key, mergeKey(site, merged, key, value));
  return merged;
}

function foldersOf({ isOld }: Site, configPath: string | undefined, folder: string): string[] {
  if (isOld || configPath === undefined) return [folder];
  const parents = parentsOf(configPath);
  const top = parents.indexOf(folder);
  return top === -1 ? [parents[0] ?? '/', folder] : parents.slice(0, top + 1);
}

function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, index) => parts.slice(0, parts.length - index).join('/') || '/');
}

function defaultsFileIn({ rt, isOld }: Site, folder: string): string[] {
  const names = isOld ? ['defaults.yml'] : ['defaults.yml', 'defaults.yaml'];
  const found = names.find((name) => {
    const inside = toRepositoryFile(`${folder}/${name}`, '');
    return inside !== undefined && rt.repository.files.kind(inside) === 'file';
  });
  return found === undefined ? [] : [`${folder}/${found}`];
}

/** `default_args` of several levels in one dict, the last level winning. */
export function mergeDefaultArgs(site: Site, configs: readonly PyDict[]): PyDict {
  const merged = site.rt.dict();
  for (const config of configs) {
    const own = get(config, 'default_args');
    if (own !== undefined) for (const [key, value] of pairs(mapping(site, own))) set(merged, key, value);
  }
  return merged;
}

/** Tags of all levels come together; of anything else the nearest level's counts. */
function mergeKey({ rt }: Site, merged: PyDict, key: string, value: Value): Value {
  const before = get(merged, key);
  if (key !== 'tags' || !(value instanceof PyList)) return value;
  return rt.list([...new Set([...(before instanceof PyList ? before.items : []), ...value.items])]);
}
