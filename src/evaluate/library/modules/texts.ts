import type { ModuleTable } from '../../runtime.js';
import { fromPython } from '../from-python.js';

/** `configparser`. */
export const configparserModule: ModuleTable = fromPython('configparser', [
  'BasicInterpolation', 'ConfigParser', 'DEFAULTSECT', 'DuplicateOptionError', 'DuplicateSectionError', 'Error', 'ExtendedInterpolation', 'Interpolation',
  'InterpolationDepthError', 'InterpolationError', 'InterpolationMissingOptionError', 'InterpolationSyntaxError', 'MAX_INTERPOLATION_DEPTH',
  'MissingSectionHeaderError', 'NoOptionError', 'NoSectionError', 'ParsingError', 'RawConfigParser', 'SafeConfigParser', 'SectionProxy',
]);

/** `packaging.version`. */
export const packagingVersionModule: ModuleTable = fromPython('packaging.version', ['InvalidVersion', 'Version', 'parse']);

/** `shlex`. */
export const shlexModule: ModuleTable = fromPython('shlex', ['join', 'quote', 'split']);
