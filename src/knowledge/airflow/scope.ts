import type { ApiTable } from './table.js';

const PROVIDERS = 'airflow.providers.';

/** Whether the table lists the module's part of Airflow, so that not finding a name there means it doesn't exist. */
export function isTabulated(table: ApiTable, module: string): boolean {
  if (Object.hasOwn(table.modules, module)) return true;
  if (module !== 'airflow' && !module.startsWith('airflow.')) return false;
  if (table.failed.some((failed) => isInside(module, failed))) return false;
  if (table.excluded.some((pattern) => isExcluded(module, pattern))) return false;
  return !module.startsWith(PROVIDERS) || providerPackages(table).some((provider) => isInside(module, provider));
}

function isInside(module: string, ancestor: string): boolean {
  return module === ancestor || module.startsWith(`${ancestor}.`);
}

/** `*.part` excludes that part below any provider package. */
function isExcluded(module: string, pattern: string): boolean {
  if (!pattern.startsWith('*.')) return isInside(module, pattern);
  return module.startsWith(PROVIDERS) && module.split('.').includes(pattern.slice(2));
}

function providerPackages(table: ApiTable): readonly string[] {
  return Object.keys(table.about.providers).map((name) => PROVIDERS + name.replaceAll('-', '.'));
}
