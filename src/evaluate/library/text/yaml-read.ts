import type { Document, Node, Pair, ParsedNode, YAMLMap, YAMLSeq } from 'yaml';
import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Value } from '../../values.js';
import { PyBytes, PyDict, PyList, Unknown } from '../../values.js';
import { implicitTag, scalarValue } from './yaml-scalars.js';
import { yamlLibrary } from '../../../util/yaml.js';

/** A text that is not YAML, or that PyYAML's safe loader refuses. */
export class YamlMistake extends Error {
  constructor(
    message: string,
    readonly kind: 'scanner' | 'parser' | 'constructor' | 'composer',
  ) {
    super(message);
  }
}

/** Values of the documents of a YAML text, as PyYAML's safe loader makes them. Throws YamlMistake. */
export function readYaml(rt: Runtime, text: string, place: Place): Value[] {
  // Everything is read as text first: what a plain scalar means is PyYAML's business, not the parser's.
  const documents = yamlLibrary().parseAllDocuments(text, { version: '1.1', schema: 'failsafe', uniqueKeys: false, merge: false, strict: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error) throw new YamlMistake(error.message, mistakeKind(error.code, error.message));
    return new Builder(rt, document, place, text).value(document.contents);
  });
}

/** Which of PyYAML's stages finds the mistake: a flow collection that is never closed is the parser's. */
function mistakeKind(code: string, message: string): YamlMistake['kind'] {
  if (code === 'BAD_ALIAS') return 'composer';
  return code === 'MISSING_CHAR' || /^Flow (?:sequence|map) /.test(message) ? 'parser' : 'scanner';
}

const prefix = 'tag:yaml.org,2002:';

class Builder {
  private readonly made = new Map<Node, Value>();
  private readonly yaml = yamlLibrary();
  constructor(
    private readonly rt: Runtime,
    private readonly document: Document.Parsed,
    private readonly place: Place,
    private readonly source: string,
  ) {}

  value(node: ParsedNode | Node | null | undefined): Value {
    this.rt.step(this.place);
    if (node === null || node === undefined) return null;
    if (this.yaml.isAlias(node)) {
      const target = node.resolve(this.document);
      if (!target) throw new YamlMistake(`found undefined alias '${node.source}'`, 'composer');
      return this.value(target);
    }
    const known = this.made.get(node);
    if (known !== undefined) return known;
    if (this.yaml.isScalar(node)) return this.keep(node, this.scalar(node));
    if (this.yaml.isMap(node)) return this.mapping(node);
    if (this.yaml.isSeq(node)) return this.sequence(node);
    throw new YamlMistake('expected a node', 'constructor');
  }

  private keep(node: Node, value: Value): Value {
    this.made.set(node, value);
    return value;
  }

  private scalar(node: { type?: string; tag?: string; value: unknown; source?: string; range?: readonly number[] | null }): Value {
    let text = typeof node.value === 'string' ? node.value : (node.source ?? '');
    // A block at the end of a text without a last line break has none either.
    if (node.type?.startsWith('BLOCK') && !this.source.endsWith('\n') && (node.range?.[1] ?? 0) >= this.source.length) text = text.replace(/\n$/, '');
    const tag = this.tagOf(node) ?? (node.type === 'PLAIN' || node.type === undefined ? implicitTag(text) : 'str');
    if (tag === 'binary') return new PyBytes(Uint8Array.from(atob(text.replace(/\s/g, '')), (letter) => letter.charCodeAt(0)));
    if (!['bool', 'int', 'float', 'null', 'timestamp', 'str'].includes(tag)) throw this.noConstructor(tag);
    return scalarValue(this.rt, tag, text, this.place);
  }

  /** The explicit tag of a node without YAML's own prefix. */
  private tagOf(node: { tag?: string }): string | undefined {
    if (node.tag === undefined || node.tag === '!') return node.tag === '!' ? 'str' : undefined;
    return node.tag.startsWith(prefix) ? node.tag.slice(prefix.length) : node.tag;
  }

  private noConstructor(tag: string): YamlMistake {
    return new YamlMistake(`could not determine a constructor for the tag '${tag}'`, 'constructor');
  }

  private sequence(node: YAMLSeq): Value {
    const tag = this.tagOf(node) ?? 'seq';
    if (!['seq', 'omap', 'pairs'].includes(tag)) throw this.noConstructor(tag);
    if (tag !== 'seq') return this.rt.unknown('not_modelled', `the YAML tag !!${tag} is not modelled`, this.place);
    const list = this.rt.list([]);
    this.keep(node, list);
    for (const item of node.items) list.items.push(this.yaml.isPair(item) ? this.pairMapping(item) : this.value(item as Node));
    return list;
  }

  private pairMapping(pair: Pair): Value {
    return this.rt.dict([[this.value(pair.key as Node), this.value(pair.value as Node)]]);
  }

  private mapping(node: YAMLMap): Value {
    const tag = this.tagOf(node) ?? 'map';
    if (tag === 'set') return this.rt.set(node.items.map((pair) => this.value(pair.key as Node)));
    if (tag !== 'map') throw this.noConstructor(tag);
    const dict = this.rt.dict();
    this.keep(node, dict);
    for (const [key, value] of this.pairs(node)) this.rt.setItem(dict, this.key(key), this.value(value), this.place);
    return dict;
  }

  private key(node: Node | null): Value {
    const value = this.value(node);
    if (value instanceof PyDict || value instanceof PyList) throw new YamlMistake('found unhashable key', 'constructor');
    if (value instanceof Unknown) throw new YamlMistake('found unknown key', 'constructor');
    return value;
  }

  /** Pairs of a mapping: those merged by `<<` stand first, so that its own win. */
  private pairs(node: YAMLMap): [Node | null, Node | null][] {
    const own: [Node | null, Node | null][] = [];
    const merged: [Node | null, Node | null][] = [];
    for (const pair of node.items) {
      const key = pair.key as Node | null;
      if (this.yaml.isScalar(key) && key.type === 'PLAIN' && key.value === '<<') merged.push(...this.merged(pair.value as Node));
      else own.push([key, pair.value as Node | null]);
    }
    return [...merged, ...own];
  }

  private merged(node: Node): [Node | null, Node | null][] {
    const target = this.yaml.isAlias(node) ? node.resolve(this.document) : node;
    if (this.yaml.isMap(target)) return this.pairs(target);
    // Of several the first wins, so it comes last.
    if (this.yaml.isSeq(target)) return [...target.items].reverse().flatMap((item) => this.mergedMapping(item as Node));
    throw new YamlMistake('expected a mapping or list of mappings for merging', 'constructor');
  }

  private mergedMapping(node: Node): [Node | null, Node | null][] {
    const target = this.yaml.isAlias(node) ? node.resolve(this.document) : node;
    if (!this.yaml.isMap(target)) throw new YamlMistake('expected a mapping for merging', 'constructor');
    return this.pairs(target);
  }
}
