/** What was written on the command line, before anything is checked. */
export interface Flags {
  variables?: string;
  connections?: string;
  envFile?: string;
  requirements?: string;
  discoveredInputs?: boolean;
  env?: string[];
  airflowVersion?: string;
  pythonVersion?: string;
  dagsRoot?: string;
  format?: string;
  output?: string;
  config?: string;
  context?: string;
  quiet?: boolean;
  color?: boolean;
  jobs?: string;
  parser?: string;
  cache?: boolean;
  cacheDir?: string;
  offline?: boolean;
  claude?: boolean;
  effort?: string;
  replayOnly?: boolean;
  dryRun?: boolean;
  showPayload?: boolean;
  maxCost?: string;
  model?: string;
  baseUrl?: string;
  unknowns?: boolean;
  formats?: string[];
  base?: string;
  all?: boolean;
  baseline?: string | boolean;
  plan?: string;
  preset?: string;
  failOn?: string;
  maxWarnings?: string;
  exitZero?: boolean;
  shard?: string;
  facts?: string[];
  estate?: string[];
  name?: string;
  path?: string;
  reason?: string;
  owner?: string;
  expires?: string;
}

/** The process around a command: its folder, environment and terminal. */
export interface Surroundings {
  workingDirectory: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Whether results go to a terminal. */
  isTerminal: boolean;
  /** Today (YYYY-MM-DD), for exceptions that expire; taken from the clock where it isn't given. */
  today?: string | undefined;
  /** The build of the tool, which keys kept results; without it none are kept. */
  build?: string | undefined;
}
