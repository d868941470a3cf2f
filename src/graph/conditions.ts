import { isSame } from '../evaluate/conditions.js';
import type { Way } from '../evaluate/conditions.js';
import type { Condition } from '../model/graph.js';
import { describeConditions } from '../util/condition-text.js';
import { redactText } from '../util/redact.js';

/** A longer condition is no longer read; its place leads to the whole of it. */
const LONGEST = 160;

/** Words of names whose value may stand in a comparison as a literal. */
const secretWord = /passw|passphrase|pwd|secret|token|api_?key|credential|private_?key/i;
const comparedLiteral = /([=!]=\s*)(["']).*?\2|(["']).*?\3(\s*[=!]=)/g;

function withoutSecrets(text: string): string {
  const safe = redactText(text);
  return secretWord.test(safe) ? safe.replace(comparedLiteral, '$1<redacted>$4') : safe;
}

function toDocument({ text, file, line, arm }: Condition): Condition {
  const safe = withoutSecrets(text);
  return { text: safe.length > LONGEST ? `${safe.slice(0, LONGEST - 1)}…` : safe, file, line, arm };
}

/** Several ways as one list: what they share, then what they are in words. */
function joinWays(ways: readonly Way[]): readonly Condition[] {
  const [first = [], ...others] = ways;
  if (others.length === 0) return first.map(toDocument);
  const differing = first.findIndex((each, index) => others.some((way) => !isSame(each, way[index])));
  const shared = differing === -1 ? first.length : differing;
  const at = first[shared] ?? others.map((way) => way[shared]).find((each) => each !== undefined);
  if (at === undefined || ways.some((way) => way.length === shared)) return first.slice(0, shared).map(toDocument);
  const text = ways.map((way) => describeConditions(way.slice(shared).map(toDocument))).join('; or ');
  return [...first.slice(0, shared).map(toDocument), toDocument({ ...at, text, arm: 'either' })];
}

/** The field `condition` of a document; nothing where there is no condition. */
export function conditionField(ways: readonly Way[]): { condition?: Condition[] } {
  const condition = joinWays(ways);
  return condition.length === 0 ? {} : { condition: [...condition] };
}
