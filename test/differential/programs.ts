import { classTopic } from './grammar/classes.js';
import { expressions } from './grammar/expressions.js';
import { functionTopic, generatorTopic, scopeTopic } from './grammar/functions.js';
import { bufferTopic, descriptorTopic, exceptionTopic, recordTopic } from './grammar/objects.js';
import { statements } from './grammar/statements.js';
import { Draw } from './random.js';
import { Writer } from './writer.js';

const topics: Readonly<Record<string, (writer: Writer) => string[]>> = {
  statements: (writer) => writer.statements(writer.draw.integer(3, 8), ''),
  functions: functionTopic,
  scopes: scopeTopic,
  generators: generatorTopic,
  classes: classTopic,
  records: recordTopic,
  descriptors: descriptorTopic,
  exceptions: exceptionTopic,
  buffers: bufferTopic,
};

/** How often each topic is drawn. Complex numbers and buffers are hardly modelled, and no DAG file has them. */
const weights: Readonly<Record<string, number>> = { statements: 32, functions: 16, scopes: 12, generators: 12, classes: 24, records: 12, descriptors: 12, exceptions: 12, buffers: 1 };

const draws = Object.entries(weights).flatMap(([topic, weight]) => Array.from({ length: weight }, () => topic));

export interface Program {
  readonly source: string;
  readonly topics: readonly string[];
  /** How often each template was used. */
  readonly uses: ReadonlyMap<string, number>;
}

/** The program of a seed: some chunks on random topics, each of which may raise without ending the others. */
export function programOf(seed: number): Program {
  const writer = new Writer(new Draw(seed), { ...expressions, ...statements });
  const chosen = Array.from({ length: writer.draw.integer(1, 4) }, () => writer.draw.pick(draws));
  const source = chosen.flatMap((topic) => chunk(writer, topics[topic]?.(writer) ?? [])).join('\n');
  return { source: `${source}\n`, topics: chosen, uses: writer.uses };
}

function chunk(writer: Writer, lines: readonly string[]): string[] {
  const name = writer.fresh('raised');
  return ['try:', ...lines.map((line) => `    ${line}`), 'except Exception as error:', `    ${name} = error`];
}
