import type { TriggerCandidate } from '../model/analysis.js';
import type { Task } from '../model/graph.js';
import { readFlag, readSeconds } from './argument.js';
import type { SensorKnowledge } from '../knowledge/sensors.js';

export type Replaces = NonNullable<TriggerCandidate['replaces']>;

/** Airflow's defaults of BaseSensorOperator, in every release. */
const defaultPokeSeconds = 60;
const defaultTimeoutSeconds = 7 * 24 * 3600;
/** A deferred message sensor polls its broker by its own argument. */
const defaultMessagePollSeconds = 5;

export interface Waiting {
  replaces: Replaces;
  /** The same in words: a default is called one. */
  text: string;
}

/** How a sensor waits today: mode, poke interval and timeout, with Airflow's defaults where nothing is given. */
export function waitingOf(task: Task, sensor: SensorKnowledge): Waiting {
  return sensor.category === 'message' && sensor.is_deferred ? messageWaiting(task) : sensorWaiting(task, sensor);
}

function sensorWaiting(task: Task, sensor: SensorKnowledge): Waiting {
  const mode = modeOf(task, sensor);
  const poke = readSeconds(task.arguments['poke_interval']);
  const timeout = readSeconds(task.arguments['timeout']);
  const texts = [
    `mode ${mode.name}${mode.isDefault ? ' (default)' : ''}`,
    `poke_interval ${secondsText(poke, defaultPokeSeconds)}`,
    `timeout ${secondsText(timeout, defaultTimeoutSeconds)}`,
  ];
  return {
    replaces: {
      operator: task.operator,
      mode: mode.name,
      poke_interval_seconds: poke === undefined ? defaultPokeSeconds : poke,
      timeout_seconds: timeout === undefined ? defaultTimeoutSeconds : timeout,
    },
    text: texts.join(', '),
  };
}

function messageWaiting(task: Task): Waiting {
  const poll = readSeconds(task.arguments['poll_interval']);
  return {
    replaces: {
      operator: task.operator,
      mode: 'deferrable',
      poke_interval_seconds: poll === undefined ? defaultMessagePollSeconds : poll,
      timeout_seconds: null,
    },
    text: `mode deferrable, poll_interval ${secondsText(poll, defaultMessagePollSeconds)}, no timeout`,
  };
}

function modeOf(task: Task, sensor: SensorKnowledge): { name: string; isDefault: boolean } {
  if (sensor.is_deferred) return { name: 'deferrable', isDefault: false };
  const deferrable = readFlag(task.arguments['deferrable']);
  if (deferrable === true) return { name: 'deferrable', isDefault: false };
  const mode = task.arguments['mode'];
  if (deferrable === null || (mode !== undefined && typeof mode !== 'string')) return { name: 'unknown', isDefault: false };
  return mode === undefined ? { name: 'poke', isDefault: true } : { name: mode, isDefault: false };
}

function secondsText(seconds: number | null | undefined, fallback: number): string {
  if (seconds === undefined) return `${fallback} s (default)`;
  return seconds === null ? 'not known' : `${seconds} s`;
}
