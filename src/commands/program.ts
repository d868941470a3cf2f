import { Command, CommanderError } from 'commander';
import type { ExitCode } from '../errors.js';
import { KnownError, exitCodes } from '../errors.js';
import { TOOL_VERSION } from '../model/version.js';
import { ciSystems, formats, schemaNames } from '../options/choices.js';
import type { Flags, Surroundings } from '../options/flags.js';
import type { Options } from '../options/options.js';
import { NO_PATH, isColored, resolveOptions } from '../options/options.js';
import { commandExamples, mainExamples } from './examples.js';
import { addAnalysisOptions, addBaselineOptions, addContractOptions, addJudgingOptions, addOutputOptions, addPlanOptions, addPreviewOptions, addReportOptions, addVerdictOptions } from './flag-table.js';
import type { OutputStream } from './io.js';
import { createIo } from './io.js';
import type { Io } from './io.js';
import type { ReportWords } from './report.js';
import { noPath, unknownCommand, usageError, withCommandHint } from './usage.js';

export interface ProgramStreams {
  stdout: OutputStream;
  stderr: OutputStream;
}

type Verb = (options: Options, io: Io, words?: ReportWords) => Promise<ExitCode>;

/** Runs one command line (without node and script) and says with which code the process should end. */
export async function runCommandLine(
  words: readonly string[],
  streams: ProgramStreams,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const messages = (flags: Flags, quiet: boolean) =>
    createIo({ ...streams, quiet, color: isColored(flags, { ...surroundings, isTerminal: streams.stderr.isTTY === true }) });
  const state: ProgramState = { exitCode: exitCodes.clean, surroundings, makeIo: messages };
  try {
    await buildProgram(state).parseAsync([...words], { from: 'user' });
    return state.exitCode;
  } catch (error) {
    const io = messages({}, false);
    if (error instanceof CommanderError && error.exitCode === 0) {
      await io.result(state.shown ?? '');
      return exitCodes.clean;
    }
    const known = error instanceof CommanderError ? usageError(error) : error;
    if (!(known instanceof KnownError)) throw known;
    io.error(`dag2event: ${known.message}\n  ${known.advice}`);
    return known.exitCode;
  }
}

interface ProgramState {
  exitCode: ExitCode;
  surroundings: Surroundings;
  makeIo: (flags: Flags, quiet: boolean) => Io;
  /** Help or version, which commander hands over in pieces. */
  shown?: string;
}

function buildProgram(state: ProgramState): Command {
  const program = new Command('dag2event')
    .description('Reads a repository of Airflow DAGs without running it and plans the move from cron to events.')
    .argument('[path]', 'repository or dags folder; or an analysis or plan that an earlier command wrote')
    .argument('[more...]')
    .version(TOOL_VERSION, '--version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .enablePositionalOptions()
    .allowExcessArguments(true)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => (state.shown = (state.shown ?? '') + text),
      writeErr: () => undefined,
    })
    .usage('[options] PATH\n       dag2event [command] [options] ...')
    .addHelpText('after', mainExamples);
  addAnalysisOptions(addPlanOptions(addOutputOptions(program, undefined)));
  program.action(async (given: string | undefined, more: string[], flags: Flags) => {
    if (given === undefined) throw noPath();
    const [second] = more;
    if (second !== undefined) throw unknownCommand(given, second, commandNames(program));
    await runVerb(await load.migrate(), given, flags, ['html'], state).catch((error: unknown) => {
      throw error instanceof KnownError ? withCommandHint(error, given, commandNames(program)) : error;
    });
  });
  addVerbs(program, state);
  return program;
}

function addVerbs(program: Command, state: ProgramState): void {
  const verb = (name: 'graph' | 'analyze' | 'plan' | 'report', description: string, argument: string) => {
    const command = program.command(name).description(description).argument('<path>', argument);
    addAnalysisOptions(addOutputOptions(command, formats[name]));
    if (name === 'plan' || name === 'report') addPlanOptions(command);
    if (name === 'plan') addPreviewOptions(command);
    if (name === 'report') addReportOptions(command);
    if (name === 'graph') command.option('--unknowns', 'only what is not known, and what would make it known');
    command.addHelpText('after', commandExamples[name]);
    command.action(async (given: string, { open, split, diff, ...flags }: Flags & ReportWords) => {
      const loaded = await load[name]();
      const words = { ...(open !== undefined && { open }), ...(split !== undefined && { split }), ...(diff !== undefined && { diff }) };
      await runVerb((options, io) => loaded(options, io, words), given, { ...program.opts<Flags>(), ...withoutDefaults(flags) }, formats[name], state);
    });
  };
  const repository = 'repository or dags folder';
  verb('graph', 'what Airflow would build, and what is not known and why', `${repository}, or a stored document`);
  verb('analyze', 'what could start each DAG, where events meet, what would break', `${repository}, or a stored document`);
  verb('plan', 'the phases from cron over hybrid to events', `${repository}, or a stored analysis`);
  verb('report', 'the report as one HTML file, or what it shows for other tools', `${repository}, or a stored analysis or plan`);
  addCheckVerbs(program, state, `${repository}, or a stored document (default: this folder)`);

  addOutputOptions(program.command('rules').description('every rule'), formats.rules).action(async (flags: Flags) => {
    const { rules } = await import('./rules.js');
    await runVerb(rules, NO_PATH, flags, formats.rules, state);
  });
  addOutputOptions(program.command('explain').description('one rule: why, a bad and a good example'), formats.explain)
    .argument('<rule>', 'id of a rule, as `dag2event rules` lists them')
    .action(async (rule: string, flags: Flags) => {
      const { explain } = await import('./rules.js');
      await runVerb((options, io) => explain(rule, options, io), NO_PATH, flags, formats.explain, state);
    });
  const init = addOutputOptions(program.command('init').description('write dag2event.context.yaml, a commented file for what no code says'), undefined)
    .argument('[path]', 'folder to write it into (default: the present one)')
    .action(async (given: string | undefined, flags: Flags) => {
      const { init: verb } = await import('./init.js');
      await runVerb(verb, given ?? '.', flags, ['yaml'], state);
    });
  init
    .command('ci')
    .description('write the files that bring the check into a CI system')
    .argument('[system]', `${ciSystems.join(', ')} (default: the one that this folder shows)`)
    .option('--quiet', 'only results and errors')
    .action(async (system: string | undefined, flags: Flags) => {
      const { initCi } = await import('./ci/init-ci.js');
      await runVerb((options, io) => initCi(system, options, io), NO_PATH, flags, ['text'], state);
    });
  addContractVerbs(program, state, `${repository}, or a stored analysis or plan`);
  addOutputOptions(program.command('schema').description('the JSON Schema of a document'), ['json'])
    .argument('<name>', schemaNames.join(', '))
    .action(async (name: string, flags: Flags) => {
      const { schema } = await import('./schema.js');
      await runVerb((options, io) => schema(name, options.output ?? '-', io), NO_PATH, flags, ['json'], state);
    });
}

function addContractVerbs(program: Command, state: ProgramState, argument: string): void {
  const contracts = program.command('contracts').description('write the contracts of events as files, and keep what was edited there').argument('<path>', argument);
  addAnalysisOptions(addContractOptions(addPlanOptions(contracts)));
  contracts.addHelpText('after', commandExamples.contracts);
  contracts.action(async (given: string, { out, ...flags }: Flags & { out?: string }) => {
    const { contracts: verb } = await import('./contracts.js');
    await runVerb(verb, given, { ...program.opts<Flags>(), ...withoutDefaults(flags), output: out ?? 'contracts' }, ['yaml'], state);
  });
  addOutputOptions(contracts.command('diff').description('what changed between two folders of contracts, and whether it breaks anybody'), formats.contracts)
    .argument('<old>', 'folder of contracts')
    .argument('<new>', 'folder of contracts')
    .action(async (before: string, after: string, flags: Flags) => {
      const { contractsDiff } = await import('./contracts.js');
      await runVerb((options, io) => contractsDiff(before, options, io), after, flags, formats.contracts, state);
    });
}

function addCheckVerbs(program: Command, state: ProgramState, argument: string): void {
  const command = (name: 'check' | 'baseline', description: string) => {
    const made = program.command(name).description(description).argument('[path]', argument);
    addAnalysisOptions(addJudgingOptions(made)).addHelpText('after', commandExamples[name]);
    made.action(async (given: string | undefined, { format, ...flags }: Flags & { format?: string[] }) => {
      const words: Flags = { ...program.opts<Flags>(), ...withoutDefaults(flags), ...(format !== undefined && { formats: format }) };
      await runVerb(await load[name](), given ?? '.', words, ['text'], state);
    });
    return made;
  };
  addVerdictOptions(command('check', 'findings for a pull request; the exit code is the verdict')).option('--shard <i/n>', 'evaluate one of n shares of the files and write its facts (--output), for merge');
  const index = program.command('index').description('write what the checks of other repositories need to know about this one').argument('[path]', argument);
  addAnalysisOptions(addOutputOptions(index.option('--name <name>', "the repository's name for others (default: its folder's)"), undefined)).addHelpText('after', commandExamples.index);
  index.action(async (given: string | undefined, { name, ...flags }: Flags) => {
    const { index: verb } = await import('./check/index-command.js');
    await runVerb((options, io) => verb(name, options, io), given ?? '.', { ...program.opts<Flags>(), ...withoutDefaults(flags) }, ['json'], state);
  });
  addBaselineOptions(command('baseline', 'write down the findings of today, so that only new ones count'));
  const merge = program.command('merge').description('judge the shares that check --shard wrote, as if they were one').argument('<facts...>', 'the facts of all shares');
  addVerdictOptions(addAnalysisOptions(addJudgingOptions(merge.option('--path <path>', 'the repository that the shares are of (default: this folder)')))).addHelpText('after', commandExamples.merge);
  merge.action(async (facts: string[], { format, ...flags }: Flags & { format?: string[] }) => {
    const words: Flags = { ...program.opts<Flags>(), ...withoutDefaults(flags), facts, ...(format !== undefined && { formats: format }) };
    await runVerb(await load.check(), flags.path ?? '.', words, ['text'], state);
  });
}

/** Heavy parts are loaded by the verb that needs them. */
const load: Record<'migrate' | 'graph' | 'analyze' | 'plan' | 'report' | 'check' | 'baseline', () => Promise<Verb>> = {
  migrate: async () => (await import('./migrate.js')).migrate,
  graph: async () => (await import('./graph.js')).graph,
  analyze: async () => (await import('./analyze.js')).analyze,
  plan: async () => (await import('./plan.js')).plan,
  report: async () => (await import('./report.js')).report,
  check: async () => (await import('./check/check.js')).check,
  baseline: async () => (await import('./check/baseline.js')).baseline,
};

async function runVerb(
  verb: Verb,
  given: string,
  flags: Flags,
  known: readonly [string, ...string[]],
  state: ProgramState,
): Promise<void> {
  const options = await resolveOptions(given, flags, state.surroundings, known);
  state.exitCode = await verb(options, state.makeIo(flags, options.quiet));
}

/** Commander sets `color` and `cache` for every command that knows --no-color and --no-cache; only a spoken one counts. */
function withoutDefaults(flags: Flags): Flags {
  const { color, cache, ...rest } = flags;
  return { ...rest, ...(color === false && { color }), ...(cache === false && { cache }) };
}

function commandNames(program: Command): string[] {
  return program.commands.map((command) => command.name());
}
