import type { ModuleTable } from '../runtime.js';
import { dataclassesModule } from './classes/dataclass.js';
import { enumModule } from './classes/enum.js';
import { inertModules, inertSubmodules } from '../../knowledge/library/inert.js';
import { bisectModule, calendarModule, heapqModule } from './modules/algorithms.js';
import { datetimeModule } from './modules/datetime.js';
import { jsonDecoderModule, jsonEncoderModule, jsonModule } from './modules/json.js';
import { loggingModule, warningsModule } from './modules/logging.js';
import { osPathModule } from './modules/os-path.js';
import { osModule } from './modules/os.js';
import { pathlibModule } from './modules/pathlib.js';
import { base64Module, hashlibModule, uuidModule } from './modules/digests.js';
import { collectionsModule } from './modules/collections.js';
import { contextlibModule } from './modules/contextlib.js';
import { csvModule } from './modules/csv.js';
import { configparserModule, packagingVersionModule, shlexModule } from './modules/texts.js';
import { tomlModule, tomliModule, tomllibModule } from './modules/toml.js';
import { copyModule } from './modules/copy.js';
import { dotenvModule } from './modules/dotenv.js';
import { functoolsModule } from './modules/functools.js';
import { itertoolsModule } from './modules/itertools.js';
import { getpassModule, importlibModule, inspectModule, platformModule, randomModule, secretsModule, socketModule, sysModule, timeModule, versionModule } from './modules/machine.js';
import { jinjaModules } from './modules/jinja.js';
import { importlibMachineryModule, importlibResourcesModule, importlibUtilModule, pkgutilModule } from './modules/loading.js';
import { mathModule } from './modules/math.js';
import { operatorModule } from './modules/operator.js';
import { pendulumModule, pendulumTimezoneModule, pendulumTzModule } from './modules/pendulum.js';
import { stringModule, textwrapModule } from './modules/text.js';
import { pytzExceptionsModule, pytzModule, zoneinfoModule } from './modules/zones.js';
import { urlParseModule } from './modules/urls.js';
import { fnmatchModule, globModule, ioModule } from './modules/files.js';
import { dateParserModule, relativedeltaModule } from './time/relativedelta.js';
import { reModule } from './modules/re.js';
import { abcModule, collectionsAbcModule, futureModule, typesModule, typingModule } from './modules/typing.js';
import { yamlErrorModules, yamlModule } from './modules/yaml.js';

export { inertModules, inertSubmodules };

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
  'json.encoder': jsonEncoderModule,
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
  'importlib.metadata': versionModule,
  'importlib.machinery': importlibMachineryModule,
  'importlib.resources': importlibResourcesModule,
  'importlib.util': importlibUtilModule,
  'pendulum.tz': pendulumTzModule,
  'pendulum.tz.timezone': pendulumTimezoneModule,
  'pytz.exceptions': pytzExceptionsModule,
  base64: base64Module,
  bisect: bisectModule,
  calendar: calendarModule,
  collections: collectionsModule,
  configparser: configparserModule,
  contextlib: contextlibModule,
  copy: copyModule,
  csv: csvModule,
  dotenv: dotenvModule,
  functools: functoolsModule,
  getpass: getpassModule,
  hashlib: hashlibModule,
  heapq: heapqModule,
  importlib: importlibModule,
  inspect: inspectModule,
  itertools: itertoolsModule,
  math: mathModule,
  operator: operatorModule,
  pendulum: pendulumModule,
  pkgutil: pkgutilModule,
  platform: platformModule,
  pytz: pytzModule,
  random: randomModule,
  secrets: secretsModule,
  shlex: shlexModule,
  socket: socketModule,
  string: stringModule,
  sys: sysModule,
  textwrap: textwrapModule,
  time: timeModule,
  toml: tomlModule,
  tomli: tomliModule,
  tomllib: tomllibModule,
  uuid: uuidModule,
  zoneinfo: zoneinfoModule,
  dateutil: {},
  'dateutil.parser': dateParserModule,
  'dateutil.relativedelta': relativedeltaModule,
  fnmatch: fnmatchModule,
  glob: globModule,
  io: ioModule,
  packaging: {},
  'packaging.version': packagingVersionModule,
  urllib: {},
  'urllib.parse': urlParseModule,
  ...yamlErrorModules,
  ...jinjaModules,
};
