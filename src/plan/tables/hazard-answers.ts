import type { Hazard } from '../../model/analysis.js';

/** How the plan meets each hazard rule. A rule without a row has no standing answer and must be accepted by name. */
const answers: Record<string, string> = {
  H1: 'Before the hybrid phase the DAG takes its date from the event (partition or payload field) and falls back to the logical date only in clock runs.',
  H2: 'The first task reads every event that the run carries, not the first one, and maps over them; what a burst leaves behind is taken up by the clock run.',
  H3: 'Hybrid keeps the clock, so a source that stays silent no longer blocks; an alert on the age of each leg tells which one.',
  H4: 'The duplicate guard looks up the dedupe key first: a clock run whose events are all done ends in success without doing work.',
  H5: 'The rollback switch changes the mode in dag2event.modes.yaml and never pauses the DAG; events missed while paused are replayed by hand.',
  H6: 'The move uses new assets without history, and the first run takes only events that are newer than the cutover.',
  H7: 'Work is keyed, so that a doubled trigger is harmless; in hybrid the clock run picks up an event that was lost.',
  H8: 'max_active_runs and a pool bound the runs before the cutover; the canary stops when runs queue longer than one clock period.',
  H9: 'The line `cron` in dag2event.modes.yaml brings the clock back for a backfill; producers are not cleared while consumers run on events without the key check.',
  H10: 'max_active_runs = 1 and a stored watermark replace depends_on_past before the hybrid phase.',
  H11: 'This DAG starts by the event instead of its sensor before the awaited DAG leaves its clock; while it polls, the awaited DAG stays on cron.',
  H12: 'The marker is removed, or gets its date from the event, before the hybrid phase.',
  H13: 'The DAG is split at the waiting task; until then the task keeps waiting inside the run, deferrable.',
  H14: 'The outlet moves to a last task that runs only when all the work succeeded, so that the event means finished.',
  H15: 'An alert on the age of the last event replaces the timeout of the sensor, in place before the clock goes.',
  H16: 'The SLA becomes an alert on the time from event to finished run.',
  H17: 'The DAG asks explicitly for what the operator took from the schedule, before the hybrid phase.',
  H18: 'The calendar rule stays on the clock, alone or beside the event.',
  H19: 'The value becomes a constant before assets are declared, so that their identity is stable.',
  H20: 'What came in conf or params is read from the event payload, with the old default where it is absent.',
  H21: 'The trigger task stays for as long as conf or waiting is needed; an asset is added beside it.',
  H22: 'The first task stores the payload durably, the broker keeps a dead-letter queue, and the clock stays as the safety net.',
  H23: 'Pools and max_active_runs are set for a burst of events before the hybrid phase.',
  H24: 'One shared module declares each asset once, with name and URI.',
  H25: 'Events reach Airflow 2 over its API; what Airflow 3 refuses is replaced before the upgrade, which is a step of its own beside this plan.',
  H26: 'Hybrid starts work twice by design, so before it the write gets a key from the event: MERGE, ON CONFLICT, or delete and insert of the partition.',
  H27: 'The writing DAG announces itself before this one moves, and keeps its clock until then; while this one stays, both clocks stay.',
  H28: 'What went out is remembered by the dedupe key before the hybrid phase, so that a second delivery or the clock run sends nothing.',
};

export interface HazardAnswer {
  answer: string;
  /** Whether a standing answer exists; otherwise a person has to accept the hazard. */
  isKnown: boolean;
}

/** What the plan does about a hazard. Never empty, never a promise that no rule backs. */
export function answerHazard(hazard: Hazard): HazardAnswer {
  const answer = answers[hazard.rule];
  if (answer !== undefined) return { answer, isKnown: true };
  const cure = hazard.cure === '' ? '' : ` Suggested cure: ${hazard.cure}`;
  return {
    answer: `No standing answer for ${hazard.rule}: it must be accepted by name before the cutover.${cure}`,
    isKnown: false,
  };
}
