import { readText } from '../../library/files.js';
import { readYaml } from '../../library/text/yaml-read.js';
import { PyDict, PyList, Unknown } from '../../values.js';
import type { Value } from '../../values.js';
import { get, importString } from './values.js';
import type { Site } from './values.js';

/** A dataset (an asset, since 3.0) of a URI or name. */
export function makeDataset(site: Site, uri: Value): Value {
  const path = site.rt.airflow.major >= 3 ? 'airflow.sdk.definitions.asset.Asset' : 'airflow.datasets.Dataset';
  return site.rt.call(importString(site, path), [uri], new Map(), site.place);
}

const token = /\s*([A-Za-z][A-Za-z0-9+.-]*:\/\/[A-Za-z0-9\-_/.]+|[A-Za-z_]\w*|[&|()])/y;

/** A condition such as `(s3://a/b & c) | d` as Airflow's expression of datasets; `&` binds more than `|`. */
export function readCondition(site: Site, text: string, uris: ReadonlyMap<string, Value> | undefined): Value {
  const tokens = tokenize(site, text);
  let position = 0;
  const fail = (): never => site.rt.raise('SyntaxError', `invalid condition of datasets: ${text}`, site.place);
  const operand = (): Value => {
    const next = tokens[position];
    position += 1;
    if (next === '(') {
      const inner = either();
      if (tokens[position] !== ')') return fail();
      position += 1;
      return inner;
    }
    if (next === undefined || '&|)'.includes(next)) return fail();
    if (uris === undefined) return makeDataset(site, next);
    const uri = uris.get(next);
    return uri === undefined ? site.rt.raise('NameError', `Undefined variable: ${next}`, site.place) : makeDataset(site, uri);
  };
  const chain = (operator: string, inner: () => Value) => (): Value => {
    let left = inner();
    while (tokens[position] === operator) {
      position += 1;
      left = site.rt.binary(operator, left, inner(), site.place);
    }
    return left;
  };
  const either = chain('|', chain('&', operand));
  const result = either();
  return position === tokens.length ? result : fail();
}

function tokenize(site: Site, text: string): string[] {
  const tokens: string[] = [];
  const trimmed = text.trim();
  token.lastIndex = 0;
  while (token.lastIndex < trimmed.length) {
    const from = token.lastIndex;
    const found = token.exec(trimmed)?.[1];
    if (found === undefined) return site.rt.raise('SyntaxError', `invalid condition of datasets at ${from.toString()}: ${text}`, site.place);
    tokens.push(found);
  }
  return tokens;
}

/** A list of datasets as the condition that all of them are updated. */
export function conditionText(site: Site, datasets: Value): string | Unknown {
  if (typeof datasets === 'string') return datasets;
  if (datasets instanceof PyList && datasets.items.every((item) => typeof item === 'string')) return datasets.items.join(' & ');
  if (datasets instanceof Unknown) return datasets;
  return site.rt.raise('TypeError', 'datasets must be a text or a list of texts', site.place);
}

/** URIs by name from a YAML file with `datasets: [{name, uri}]`. */
export function readDatasetFile({ rt, place }: Site, path: Value): ReadonlyMap<string, Value> | Unknown {
  if (typeof path !== 'string') return rt.raise('TypeError', 'expected str, bytes or os.PathLike object', place);
  const text = readText(rt, path, 'utf-8', place);
  if (text instanceof Unknown) return text;
  const [data] = readYaml(rt, text, place);
  const datasets = data instanceof PyDict ? get(data, 'datasets') : undefined;
  const found = new Map<string, Value>();
  for (const item of datasets instanceof PyList ? datasets.items : []) {
    const name = item instanceof PyDict ? get(item, 'name') : undefined;
    const uri = item instanceof PyDict ? get(item, 'uri') : undefined;
    if (typeof name === 'string' && uri !== undefined) found.set(name, uri);
  }
  return found;
}
