import * as z from 'zod';
import { CheckSettings } from '../model/check.js';
import { failLevels, parsers } from './choices.js';

/** YAML reads 2.10 as the number 2.1: what is text for Airflow must be written as text. */
const text = z.string({ error: (issue) => (issue.input === undefined ? undefined : 'write it in quotes, as text') });


/**
 * `dag2event.yaml`. Keys have the names of the options. What spends money or says who gets data (`--max-cost`,
 * `--model`, `--base-url`) is missing on purpose: the file belongs to the analysed repository, which isn't trusted.
 */
export const ConfigFile = z.strictObject({
  variables: z.string().min(1).optional().describe('Export of Airflow Variables, relative to this file'),
  connections: z.string().min(1).optional().describe('Export of Airflow connections, relative to this file; only ids and types are used'),
  'env-file': z.string().min(1).optional().describe('File of NAME=VALUE lines, relative to this file'),
  requirements: z.string().min(1).optional().describe('What `pip freeze` prints where Airflow runs, or a requirements file, relative to this file'),
  'discovered-inputs': z.boolean().optional().describe('Whether Variables, .env, Compose files and the like of the repository are used'),
  env: z.record(z.string(), text).optional().describe('Environment variables that the DAG files read'),
  'airflow-version': text.optional().describe('Airflow version to analyse for'),
  'python-version': text.optional().describe('Python version that the deployment runs on'),
  'dags-root': z.string().min(1).optional().describe('The dags folder, relative to this file'),
  output: z.string().min(1).optional().describe('Folder for reports, relative to this file'),
  parser: z.enum(parsers).optional().describe('Which tree-sitter binding to use'),
  jobs: z.int().min(1).max(64).optional().describe('How many files are analysed at once'),
  offline: z.boolean().optional().describe('Never ask Claude'),
  quiet: z.boolean().optional().describe('Only results and errors'),
  check: z
    .strictObject({
      ...CheckSettings.shape,
      baseline: z.string().min(1).optional().describe('File of accepted findings, relative to this file (default: .dag2event-baseline.json, where it exists)'),
      plan: z.string().min(1).optional().describe('The plan that the team follows, relative to this file'),
      'fail-on': z.enum(failLevels).optional().describe('Lowest level of a new finding that fails the check'),
      'max-warnings': z.int().min(0).optional().describe('More new warnings than this fail the check'),
    })
    .optional()
    .describe('How findings are judged'),
  'no-color': z.boolean().optional().describe('No colours in messages'),
});
export type ConfigFile = z.infer<typeof ConfigFile>;
