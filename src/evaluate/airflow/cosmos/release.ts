import type { Place } from '../../../model/place.js';
import type { Runtime } from '../../runtime.js';
import type { Unknown } from '../../values.js';

/** The release whose rules are modelled. */
const modelled = { major: 1, minor: 15 };

const files = ['requirements.txt', 'dags/requirements.txt', 'pyproject.toml'];
const pin = /^[\s"']*astronomer-cosmos(?:\[[^\]]*\])?\s*(==|~=|<=|<)\s*(\d+)\.(\d+)(\.\d+)?/m;

/** Other releases render some projects otherwise (ephemeral models, sources, tests of several models): undefined for 1.15 or no pin. */
export function otherRelease(rt: Runtime, place: Place): Unknown | undefined {
  for (const file of files) {
    const bytes = rt.repository.files.read(file);
    const found = bytes === undefined ? null : pin.exec(new TextDecoder().decode(bytes));
    if (found === null) continue;
    const [text, operator = '', major = '', minor = '', patch] = found;
    if (!isOther(operator, Number(major), Number(minor), patch !== undefined)) return undefined;
    return rt.unknown('version', `${file} asks for ${text.replace(/[\s"']/g, '')}; the tasks are those that Cosmos ${modelled.major.toString()}.${modelled.minor.toString()} makes`, place);
  }
  return undefined;
}

function isOther(operator: string, major: number, minor: number, hasPatch: boolean): boolean {
  const distance = major === modelled.major ? minor - modelled.minor : major - modelled.major;
  if (operator === '~=' && !hasPatch) return major < modelled.major;
  if (operator === '<') return distance < 0 || (distance === 0 && !hasPatch);
  return operator === '<=' ? distance < 0 : distance !== 0;
}
