import { environmentVariable } from '../../library/modules/environ.js';
import { readText } from '../../library/files.js';
import { YamlMistake, readYaml } from '../../library/text/yaml-read.js';
import { PyDict, PyList, Unknown } from '../../values.js';
import type { Value } from '../../values.js';
import { raiseAirflow } from '../errors.js';
import { get, importString, pairs } from './values.js';
import type { Site } from './values.js';

/** A configuration file as dag-factory loads it: environment variables, YAML, `__type__` objects, `__and__` and the like. */
export function loadConfig(site: Site, path: string): Value {
  const { rt, place } = site;
  if (!path.startsWith('/')) return raiseAirflow(rt, 'AirflowException', 'DAG Factory `config_filepath` must be absolute path', place);
  const text = readText(rt, path, 'utf-8', place);
  if (text instanceof Unknown) return text;
  return flatten(site, castTypes(site, parse(site, expandVariables(site, text), path)));
}

function parse(site: Site, text: string, path: string): Value {
  try {
    return readYaml(site.rt, text, site.place)[0] ?? null;
  } catch (error) {
    if (!(error instanceof YamlMistake)) throw error;
    // Before 1.0 the loader knew `!join`, `!and` and `!or`; `!!python/...` tags are known to all.
    if (/tag '(!|tag:yaml.org,2002:python)/.test(error.message)) {
      return site.rt.unknown('not_modelled', `${path.replace(/^\/repo\//, '')} uses a YAML tag that is not modelled`, site.place);
    }
    return site.rt.raise('ValueError', error.message, site.place);
  }
}

/** `os.path.expandvars`: a name that isn't set stays as it is written. */
function expandVariables({ rt, place }: Site, text: string): string {
  return text.replace(/\$(?:(\w+)|\{([^}]*)\})/g, (whole: string, plain: string | undefined, braced: string | undefined) => {
    const value = environmentVariable(rt, plain ?? braced ?? '', whole, place);
    return typeof value === 'string' ? value : whole;
  });
}

/** Mappings with `__type__` become what their class makes of the other keys. */
function castTypes(site: Site, value: Value): Value {
  const { rt, place } = site;
  if (value instanceof PyList) return rt.list(value.items.map((item) => castTypes(site, item)));
  if (!(value instanceof PyDict)) return value;
  const type = get(value, '__type__');
  const items = get(value, 'items');
  if (type === 'builtins.list' && items instanceof PyList) return castTypes(site, items);
  const own = [...value.entries.values()].filter(({ key }) => key !== '__type__' && key !== '__args__');
  const processed = own.map(({ key, value: item }) => [key, castTypes(site, item)] as const);
  if (type === undefined) return rt.dict(processed);
  const args = castTypes(site, get(value, '__args__') ?? null);
  if (args !== null && !(args instanceof PyList)) return rt.raise('ValueError', "'args' must resolve to a list", place);
  const keywords = new Map(processed.flatMap(([key, item]): [string, Value][] => (typeof key === 'string' ? [[key, item]] : [])));
  return rt.call(importString(site, typeof type === 'string' ? type : ''), args?.items ?? [], keywords, place);
}

const joins: Readonly<Record<string, string>> = { __and__: '&', __or__: '|' };

/** `__and__` and `__or__` join assets, or texts to a condition; `__join__` joins texts. */
function flatten(site: Site, value: Value): Value {
  const { rt, place } = site;
  if (value instanceof PyList) return rt.list(value.items.map((item) => flatten(site, item)));
  if (!(value instanceof PyDict)) return value;
  for (const [key, operator] of Object.entries(joins)) {
    const items = get(value, key);
    if (items instanceof PyList) return combine(site, items.items.map((item) => flatten(site, item)), operator);
  }
  const parts = get(value, '__join__');
  if (parts instanceof PyList) return parts.items.map((item) => textOf(site, flatten(site, item))).join('');
  const result = rt.dict([...value.entries.values()].map(({ key, value: item }) => [key, flatten(site, item)] as const));
  rt.step(place, pairs(result).length);
  return result;
}

function combine(site: Site, items: readonly Value[], operator: string): Value {
  if (items.some((item) => typeof item === 'string')) return `(${items.map((item) => textOf(site, item)).join(` ${operator} `)})`;
  return items.reduce((left, right) => site.rt.binary(operator, left, right, site.place));
}

function textOf({ rt, place }: Site, value: Value): string {
  const text = rt.str(value, place);
  return text instanceof Unknown ? '' : text;
}
