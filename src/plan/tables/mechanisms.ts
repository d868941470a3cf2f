import { isWithin } from '../facts/version.js';

interface Range {
  /** First version that has it; empty: all. */
  since: string;
  /** First version that no longer has it; empty: still there. */
  until: string;
}

interface ScheduleForms {
  /** How a DAG is started by events and by its clock. */
  hybrid: string;
  /** How events alone start it. */
  event: string;
  /** Whether one of several events can be enough. */
  canJoinAny: boolean;
}

interface ScheduleRow extends Range, ScheduleForms {}

const thinCron = 'a thin cron DAG beside it runs TriggerDagRunOperator behind the duplicate guard';

/** Hybrid and event schedules per Airflow version, newest first; before 2.4 only the sender can start a run. */
const schedules: readonly ScheduleRow[] = [
  {
    since: '3.0',
    until: '',
    hybrid: "schedule=AssetOrTimeSchedule(timetable=<today's>, assets=<assets>)",
    event: 'schedule=<asset expression>',
    canJoinAny: true,
  },
  {
    since: '2.9',
    until: '3.0',
    hybrid: "schedule=DatasetOrTimeSchedule(timetable=<today's>, datasets=<datasets>)",
    event: 'schedule=<dataset expression>',
    canJoinAny: true,
  },
  {
    since: '2.4',
    until: '2.9',
    hybrid: `schedule=[Dataset(...), ...] and ${thinCron}`,
    event: 'schedule=[Dataset(...), ...]',
    canJoinAny: false,
  },
];

const startedBySender: ScheduleForms = {
  hybrid: "its own clock stays and the event's sender starts further runs, both behind the duplicate guard",
  event: "schedule=None and the event's sender starts the runs",
  canJoinAny: true,
};

/** Names that exist only on some versions: a plan that speaks of one elsewhere can't be carried out. */
const versionedNames: readonly (Range & { name: RegExp; label: string })[] = [
  { name: /\bAssetOrTimeSchedule\b/, label: 'AssetOrTimeSchedule', since: '3.0', until: '' },
  { name: /\bAssetAndTimeSchedule\b/, label: 'AssetAndTimeSchedule', since: '3.4', until: '' },
  { name: /\bbatch_asset_events\b/, label: 'batch_asset_events', since: '3.4', until: '' },
  { name: /\bPartitionedAssetTimetable\b/, label: 'PartitionedAssetTimetable', since: '3.2', until: '' },
  { name: /\bRollupMapper\b/, label: 'RollupMapper', since: '3.3', until: '' },
  { name: /\bDeadlineAlert\b/, label: 'DeadlineAlert', since: '3.1', until: '' },
  { name: /\bAssetWatcher\b/, label: 'AssetWatcher', since: '3.0', until: '' },
  { name: /\bMessageQueueTrigger\b/, label: 'MessageQueueTrigger', since: '3.0', until: '' },
  { name: /\bAsset\(/, label: 'Asset', since: '3.0', until: '' },
  { name: /\/api\/v2\//, label: 'the /api/v2 REST API', since: '3.0', until: '' },
  { name: /\/api\/v1\//, label: 'the /api/v1 REST API', since: '', until: '3.0' },
  { name: /\bDatasetOrTimeSchedule\b/, label: 'DatasetOrTimeSchedule', since: '2.9', until: '3.0' },
  { name: /\bDatasetAlias\b/, label: 'DatasetAlias', since: '2.10', until: '3.0' },
  { name: /\bDataset\(/, label: 'Dataset', since: '2.4', until: '3.0' },
];

/** The schedule forms of a version. Runs that the sender starts need neither assets nor a version. */
export function scheduleForms(release: string, isStartedBySender: boolean): ScheduleForms {
  if (isStartedBySender) return startedBySender;
  return schedules.find(({ since, until }) => isWithin(release, since, until)) ?? startedBySender;
}

/** The names in a text that the version doesn't have. */
export function missingNames(text: string, release: string): string[] {
  return versionedNames
    .filter(({ name, since, until }) => name.test(text) && !isWithin(release, since, until))
    .map(({ label }) => label);
}
