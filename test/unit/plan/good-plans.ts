import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { PlanDocument } from '../../../src/model/plan.js';
import { readContext } from '../../../src/options/read-context.js';
import { analyzeRepository, planAnalysis } from '../../../src/pipeline.js';
import { planOffline } from '../../../src/plan/offline/plan-offline.js';
import { platform } from './platform.js';

const folders = ['repos', 'plans'].map((name) => path.join(import.meta.dirname, '../../../fixtures', name));
const CONTEXT = 'dag2event.context.yaml';

/** The plan by rules of a repository among the fixtures, with its context file when it has one. */
export async function planOf(folder: string): Promise<PlanDocument> {
  const context = path.join(folder, CONTEXT);
  return planAnalysis(await analyzeRepository({ path: folder }), existsSync(context) ? readContext(context) : {});
}

/** Plans that hold every invariant: of the platform of these tests and of every repository among the fixtures. */
export async function goodPlans(): Promise<{ name: string; plan: PlanDocument }[]> {
  const found = folders.flatMap((folder) => readdirSync(folder).filter((name) => name !== 'expected').sort().map((name) => ({ name, folder: path.join(folder, name) })));
  const plans = await Promise.all(found.map(async ({ name, folder }) => ({ name, plan: await planOf(folder) })));
  return [{ name: 'platform', plan: planOffline(platform()) }, ...plans];
}
