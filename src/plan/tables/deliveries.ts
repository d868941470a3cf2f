import type { Mechanism } from '../../model/analysis.js';
import type { Stage } from '../../model/plan.js';

export interface DeliveryRow {
  delivery: Stage['delivery'];
  reason: string;
}

/** What each way into Airflow guarantees, seen from the DAG that must do the work. */
export const deliveries: Record<Mechanism['kind'], DeliveryRow> = {
  asset_schedule: {
    delivery: 'effectively_once',
    reason:
      "Airflow keeps the asset event in its own database until a run takes it, and a retried or cleared producer emits it again (at least once); the dedupe key drops what was already done.",
  },
  rest_asset_event: {
    delivery: 'effectively_once',
    reason:
      'The sender repeats the call until Airflow answers 2xx, so an event may come twice (at least once); the dedupe key drops the second one.',
  },
  trigger_dag_run: {
    delivery: 'effectively_once',
    reason:
      'The sender succeeds only when the run exists, and a retry asks again (at least once); a run id made of the dedupe key lets Airflow refuse the second run.',
  },
  asset_watcher: {
    delivery: 'at_most_once',
    reason:
      'The watcher takes the message off the broker before any task ran, so a triggerer that dies in between loses it; the clock stays as the safety net.',
  },
  none: {
    delivery: 'at_most_once',
    reason: 'No event reaches Airflow: the clock or a person starts the DAG.',
  },
};

/**
 * What takes the place of a watcher before a clock goes: the message leaves the broker only when Airflow has the event.
 * Watchers exist from 3.0 on, and with them this call.
 */
export const forwarder = {
  text: 'a forwarder with retries and a dead-letter queue calls POST /api/v2/assets/events and takes the message off the broker only when Airflow answered 2xx',
  delivery: {
    delivery: 'effectively_once',
    reason:
      'The forwarder gives a message up only when Airflow has the event, so an event may come twice (at least once); the dedupe key drops the second one. While the watcher is still there, the clock is the safety net.',
  } satisfies DeliveryRow,
};

/** Guarantees of those DAGs that no event starts after the plan. */
export const clockDelivery = {
  catchup: {
    delivery: 'at_least_once',
    reason: 'The scheduler makes one run per interval, later if need be (catchup); a retry or a cleared task repeats its work.',
  },
  no_catchup: {
    delivery: 'at_most_once',
    reason: 'The scheduler makes one run per interval, and none for intervals missed while it was down (no catchup).',
  },
  manual: { delivery: 'at_most_once', reason: 'A person or an outside call starts it.' },
} as const satisfies Record<string, DeliveryRow>;
