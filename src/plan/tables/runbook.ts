import type { RunbookEntry, Situation } from '../../model/runbook.js';
import { MODES_FILE } from './modes-file.js';

type Texts = Pick<RunbookEntry, 'title' | 'detect' | 'decide' | 'act' | 'verify'>;

/** What the on-call does, for any DAG that events start. Names of channels and thresholds stand with each stage. */
export const runbookTexts: Record<Situation, Texts> = {
  duplicates: {
    title: 'The same event does its work twice',
    detect: [
      'The key store shows a key that was begun again after it was done, or two runs carry the same key.',
      'A sink holds rows of one key twice (count by key, compare with distinct keys).',
    ],
    decide: [
      'Is it the delivery (the same event came twice, which is allowed) or the guard (the key was not stored, or not asked)?',
      'Is the sink harmed? Overwrite and merge are not; append and messages to people are.',
    ],
    act: [
      'Set max_active_runs of the DAG to 1 until the cause is known.',
      'Guard at fault: put the DAG back by its line in the modes file, and mend the guard.',
      'Sink harmed: delete what the second run wrote (by run or key) and run the key once.',
    ],
    verify: ['The key store has one row per key, in state "done".', 'The sink’s count by key equals its count of distinct keys.'],
  },
  out_of_order: {
    title: 'A newer event was worked on before an older one',
    detect: ['The run logs that it skipped an event whose sequence is below the stored one.', 'A value in a sink goes back in time.'],
    decide: ['Was the older event skipped (right) or did it overwrite the newer one (wrong)?', 'Does the partition key of the channel match the key of the data?'],
    act: [
      'Overwritten: read the newest state from the source for the keys concerned and write it again.',
      'Wrong partition key: pause the producer’s change of it, not the DAG.',
    ],
    verify: ['For the keys concerned the sink holds what the source holds.', 'No event above the stored sequence is left in the channel.'],
  },
  schema_change: {
    title: 'Events no longer look as agreed',
    detect: ['contract_violations counts above 0.', 'The first task fails while it reads a field.'],
    decide: ['Did a field become absent, change its type, or change its meaning?', 'Is the old version still sent beside the new one?'],
    act: [
      'Leave the refused events in the dead-letter store; they are whole there.',
      'Ask the contract’s owner to send the old version again, or take the new version into the registry with a new number.',
      'When consumers can read it, redrive the dead letters.',
    ],
    verify: ['Each dead letter of the time is redriven or answered.', '`contract_violations` is 0 for one service level.'],
  },
  trigger_storm: {
    title: 'Far more events than the DAG can take',
    detect: ['event_lag grows for longer than one service level.', 'Runs wait in state queued, or the pool has no free slot.'],
    decide: ['Is it a burst that drains (lag falls within an hour) or a loop (an event of the DAG’s own work starts it again)?', 'Do other DAGs wait for the same pool?'],
    act: [
      'Loop: put the DAG back to cron by its line in the modes file.',
      'Burst: leave the queue alone; raise the batch window, lower max_active_runs if a sink suffers.',
      'Never pause the DAG to make it calm: Airflow forgets asset events that come while a DAG is paused.',
    ],
    verify: ['The lag falls steadily and reaches its usual value.', 'Each key of the burst is done once.'],
  },
  silent_dead_letters: {
    title: 'Events end in the dead-letter store and nobody looks',
    detect: ['dead_letter_age is above its threshold.', 'dead_letter_depth is not 0 on Monday morning.'],
    decide: ['What do the dead letters share: a producer, a version, a task, an hour?', 'How long are they kept, and how much of that is left?'],
    act: ['Follow the triage of the stage, oldest first.', 'Less than a day of retention left: copy them to an object store before anything else.'],
    verify: ['The store is empty or every message in it has a note and an owner.', 'The alert fires when one test message is put there.'],
  },
  source_outage: {
    title: 'The source is silent',
    detect: ['consumer_health: no successful run for three service levels, and no event waits.', 'The clock run of a hybrid DAG finds work that no event announced.'],
    decide: ['Is there truly nothing new (weekend, holiday), or do events get lost on the way?', 'Does the source still hold what happened meanwhile?'],
    act: [
      'Hybrid: the next clock run does the work; check that it did.',
      'Event: put the DAG back to cron by its line in the modes file until the source speaks again.',
      'When the source is back: let it send what it missed, or start one run per missed slice by hand.',
    ],
    verify: ['Every slice of the time has one finished run.', 'The first new event starts a run by itself.'],
  },
  replay_after_rollback: {
    title: 'A phase was rolled back; what happened in between?',
    detect: [`A line of ${MODES_FILE} went back to cron, or to hybrid.`],
    decide: ['From which moment on did events start runs, and until when?', 'Which keys of that time are begun and not done?'],
    act: [
      'Clear the runs of keys that are begun and not done; the clock run would skip nothing of them, as only done keys are skipped.',
      'Start one clock run for each interval of that time that has neither an event run nor a clock run.',
      'Leave the events in the channel: those already done are skipped when they come.',
    ],
    verify: ['Every interval of the time is covered by a finished run.', 'No key is in state "begun".'],
  },
};
