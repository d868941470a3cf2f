import type { Command } from 'commander';
import { Option } from 'commander';
import { efforts, failLevels, formats as formatsOf, parsers } from '../options/choices.js';

/** Options of everything that gives a result. */
export function addOutputOptions(command: Command, formats: readonly string[] | undefined): Command {
  if (formats && formats.length > 1) {
    command.option('--format <format>', `${formats.join(', ')} (default: ${formats[0] ?? ''})`);
  }
  return command
    .option('--output <file>', 'file or folder for the result, - for stdout')
    .option('--quiet', 'only results and errors')
    .option('--no-color', 'no colours (also: NO_COLOR)');
}

/** Options of everything that reads a repository. */
export function addAnalysisOptions(command: Command): Command {
  return command
    .option('--variables <file>', 'export of Airflow Variables (JSON or YAML)')
    .option('--connections <file>', 'export of Airflow connections (JSON, YAML or .env); only ids and types are used')
    .option('--env <name=value>', 'environment variable that the DAG files read; repeatable', collect)
    .option('--env-file <file>', 'file of NAME=VALUE lines')
    .option('--requirements <file>', 'what pip freeze prints where Airflow runs, or a requirements file (default: found)')
    .option('--no-discovered-inputs', 'leave out Variables, .env, Compose files and Dockerfile of the repository')
    .option('--airflow-version <version>', 'Airflow version to analyse for (default: detected)')
    .option('--python-version <version>', 'Python version that the deployment runs on (default: detected)')
    .option('--dags-root <folder>', 'the dags folder (default: detected)')
    .option('--config <file>', 'configuration (default: dag2event.yaml, found upward from PATH)')
    .option('--jobs <count>', 'threads that analyse files (default: 1)')
    .option('--no-cache', 'analyse anew, and keep no result for the next run')
    .option('--cache-dir <folder>', "where results are kept between runs (also: DAG2EVENT_CACHE_DIR; default: the user's cache folder)")
    .option('--parser <name>', `${parsers.join(', ')} (also: DAG2EVENT_PARSER)`);
}

/** Options of what judges findings. */
export function addJudgingOptions(command: Command): Command {
  return command
    .option('--baseline <file>', 'accepted findings (default: .dag2event-baseline.json of the repository)')
    .option('--estate <file>', 'what another repository wrote about itself with `index`; repeatable', collect)
    .option('--preset <name>', 'recommended, strict (default: recommended)')
    .option('--plan <file>', 'the plan that the team follows, as `plan --format json` wrote it')
    .option('--output <file>', 'file for the result, - for stdout')
    .option('--quiet', 'only results and errors')
    .option('--no-color', 'no colours (also: NO_COLOR)');
}

/** Options of what gives a verdict. */
export function addVerdictOptions(command: Command): Command {
  return command
    .option('--format <format[=file]>', `${formatsOf.check.join(', ')}; repeatable (default: text, and what the CI system shows)`, collect)
    .option('--base <ref>', 'only what is new since the change left this branch or commit (default in CI: the target of the pull request)')
    .option('--all', 'everything, also in CI')
    .option('--no-baseline', 'leave the baseline aside')
    .option('--fail-on <level>', `${failLevels.join(', ')}: the lowest level that gives exit code 1 (default: error)`)
    .option('--max-warnings <count>', 'more new warnings than this give exit code 1 as well')
    .option('--exit-zero', 'findings never give exit code 1');
}

/** Options of what writes the baseline. */
export function addBaselineOptions(command: Command): Command {
  return command
    .option('--reason <text>', 'why the new entries are accepted')
    .option('--owner <name>', 'who looks after the new entries')
    .option('--expires <date>', 'the last day (YYYY-MM-DD) on which the new entries count');
}

/** Options of the registry of contracts: it is a folder of its own, never the one of the reports. */
export function addContractOptions(command: Command): Command {
  return command
    .option('--out <folder>', 'the folder of contracts (default: contracts)')
    .option('--quiet', 'only results and errors')
    .option('--no-color', 'no colours (also: NO_COLOR)');
}

/** What can be looked at before Claude is asked. */
export function addPreviewOptions(command: Command): Command {
  return command
    .option('--dry-run', 'say what asking Claude would cost, send nothing, and stop there')
    .option('--show-payload', 'print exactly what would be sent to Claude; with --dry-run that is the result');
}

/** Options of the report alone. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--open', 'show the page in the browser')
    .option('--split <folder>', 'the page as several files, for a server that allows no inline script or style')
    .option('--diff <file>', 'say what changed since this earlier plan document');
}

/** Options of everything that makes a plan. */
export function addPlanOptions(command: Command): Command {
  return command
    .option('--context <file>', 'what the team knows: sources, owners, latency (default: dag2event.context.yaml, found upward from PATH)')
    .option('--offline', 'never ask Claude')
    .option('--claude', 'exit with 3 when Claude had no part in the plan')
    .option('--max-cost <dollars>', 'ask Claude only when the estimate is below this')
    .option('--model <id>', 'Claude model that refines the plan')
    .option('--effort <level>', `${efforts.join(', ')} (default: high)`)
    .option('--replay-only', 'use earlier answers of Claude only')
    .addOption(new Option('--base-url <url>', "address of Claude's API").hideHelp());
}

function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value];
}
