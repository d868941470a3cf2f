/**
 * A JSON document without its repetitions, as text that deflates to about two thirds of what the document itself would:
 * deflate sees 32 kB, and a document says the same things far apart. The page's script reads it back
 * (`templates/exports.js`).
 *
 * - a list is `[tag, ...items]`, an object `[tag, ...values]`, a list of objects with the same keys
 *   `[tag, ...values of the first key, ...values of the second key, ...]`
 * - `tag` is `shape * 2`, one more where the value is numbered; below zero (`-shape * 2`, one less) for the list of
 *   objects; shape 0 is a list, shape n the n-th list of keys
 * - a number stands for the numbered value of that position, counted as they are finished
 * - `"=text"` is a text that is numbered, `"#1"` a number, `"\text"` a text that begins like one of these
 */

/** Shorter texts cost less than their numbers. */
const SHORTEST_NUMBERED = 4;

interface Node {
  /** Text, number, boolean or null; undefined where there are items. */
  readonly scalar?: string | number | boolean | null;
  /** 0 = list, otherwise the number of the list of keys. */
  readonly shape: number;
  readonly items?: readonly number[];
}

/** Every distinct value of a document once. */
class Values {
  readonly nodes: Node[] = [];
  readonly shapes: string[][] = [];
  readonly uses: number[] = [];
  readonly #byKey = new Map<string, number>();
  readonly #shapeByKeys = new Map<string, number>();

  /** The position of a value's node. */
  add(value: unknown): number {
    if (Array.isArray(value)) return this.#intern({ shape: 0, items: value.map((item) => this.#use(item)) });
    if (typeof value === 'object' && value !== null) {
      const entries = Object.entries(value).filter(([, item]) => item !== undefined);
      const shape = this.#shapeOf(entries.map(([key]) => key));
      return this.#intern({ shape, items: entries.map(([, item]) => this.#use(item)) });
    }
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return this.#intern({ shape: 0, scalar: value });
    throw new Error(`${typeof value} is no JSON`);
  }

  #use(value: unknown): number {
    const position = this.add(value);
    this.uses[position] = (this.uses[position] ?? 0) + 1;
    return position;
  }

  #intern(node: Node): number {
    const key = node.items === undefined ? JSON.stringify(node.scalar) : `${node.shape}:${node.items.join()}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) {
      // What it holds was counted a moment ago, and stands there only once.
      for (const item of node.items ?? []) this.uses[item] = (this.uses[item] ?? 0) - 1;
      return known;
    }
    const position = this.nodes.push(node) - 1;
    this.#byKey.set(key, position);
    return position;
  }

  #shapeOf(keys: string[]): number {
    const key = JSON.stringify(keys);
    const known = this.#shapeByKeys.get(key);
    if (known !== undefined) return known;
    const shape = this.shapes.push(keys);
    this.#shapeByKeys.set(key, shape);
    return shape;
  }
}

class Writer {
  readonly #values: Values;
  readonly #numbers = new Map<number, number>();

  constructor(values: Values) {
    this.#values = values;
  }

  write(position: number): string {
    const node = this.#values.nodes[position];
    if (node === undefined) return 'null';
    const isNumbered = this.#isNumbered(position, node);
    const known = isNumbered ? this.#numbers.get(position) : undefined;
    if (known !== undefined) return String(known);
    const text = node.items === undefined ? scalarText(node.scalar, isNumbered) : this.#items(node, node.items, isNumbered ? 1 : 0);
    if (isNumbered) this.#numbers.set(position, this.#numbers.size);
    return text;
  }

  #isNumbered(position: number, { scalar, items }: Node): boolean {
    if ((this.#values.uses[position] ?? 0) < 2) return false;
    return items === undefined ? typeof scalar === 'string' && scalar.length >= SHORTEST_NUMBERED : items.length > 0;
  }

  #items({ shape }: Node, items: readonly number[], numbered: 0 | 1): string {
    const columns = shape === 0 ? this.#columns(items) : undefined;
    if (columns !== undefined) return `[${-2 * columns.shape - numbered}${columns.items.map((item) => `,${this.write(item)}`).join('')}]`;
    return `[${2 * shape + numbered}${items.map((item) => `,${this.write(item)}`).join('')}]`;
  }

  /** The values of a list of objects with the same keys, key by key; undefined where it isn't one. */
  #columns(items: readonly number[]): { shape: number; items: number[] } | undefined {
    const nodes = items.map((item) => this.#values.nodes[item]);
    const [shape, keys] = [nodes[0]?.shape ?? 0, nodes[0]?.items?.length ?? 0];
    if (nodes.length < 2 || shape === 0 || keys === 0) return undefined;
    const isAlike = nodes.every((node, index) => node?.shape === shape && !this.#isNumbered(items[index] ?? 0, node));
    if (!isAlike) return undefined;
    return { shape, items: Array.from({ length: keys }, (_, key) => nodes.map((node) => node?.items?.[key] ?? 0)).flat() };
  }
}

function scalarText(scalar: Node['scalar'], isNumbered: boolean): string {
  if (typeof scalar === 'number') return `"#${JSON.stringify(scalar)}"`;
  if (typeof scalar !== 'string') return String(scalar);
  return JSON.stringify(isNumbered ? `=${scalar}` : /^[=#\\]/.test(scalar) ? `\\${scalar}` : scalar);
}

/** A document as text: lists of keys, and what is made of them. */
export function encodeDocument(document: object): string {
  const values = new Values();
  const root = values.add(document);
  return `[${JSON.stringify(values.shapes)},${new Writer(values).write(root)}]`;
}
