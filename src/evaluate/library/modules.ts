import type { ModuleTable } from '../runtime.js';
import { dataclassesModule } from './classes/dataclass.js';
import { enumModule } from './classes/enum.js';
import { inertModules } from '../../knowledge/library/inert.js';
import { datetimeModule } from './modules/datetime.js';
import { jsonDecoderModule, jsonModule } from './modules/json.js';
import { loggingModule, warningsModule } from './modules/logging.js';
import { osPathModule } from './modules/os-path.js';
import { osModule } from './modules/os.js';
import { pathlibModule } from './modules/pathlib.js';
import { reModule } from './modules/re.js';
import { abcModule, collectionsAbcModule, futureModule, typesModule, typingModule } from './modules/typing.js';
import { yamlErrorModules, yamlModule } from './modules/yaml.js';

export { inertModules };

/** The modelled modules by full dotted name. */
export const libraryModules: Readonly<Record<string, ModuleTable>> = {
  __future__: futureModule,
  abc: abcModule,
  'collections.abc': collectionsAbcModule,
  dataclasses: dataclassesModule,
  datetime: datetimeModule,
  enum: enumModule,
  json: jsonModule,
  'json.decoder': jsonDecoderModule,
  logging: loggingModule,
  os: osModule,
  'os.path': osPathModule,
  pathlib: pathlibModule,
  posixpath: osPathModule,
  re: reModule,
  types: typesModule,
  typing: typingModule,
  typing_extensions: typingModule,
  warnings: warningsModule,
  yaml: yamlModule,
  ...yamlErrorModules,
};
