import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';

const require = createRequire(import.meta.url);

/** The YAML library, loaded when the first YAML text is read: most runs read none. */
export function yamlLibrary(): typeof Yaml {
  return require('yaml') as typeof Yaml;
}
