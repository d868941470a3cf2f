import type { Place } from '../model/place.js';
import { finishOperatorClass } from './airflow/operator-class.js';
import { classFinishers as libraryFinishers } from './library/finishers.js';
import type { Runtime } from './runtime.js';
import type { PyClass } from './values.js';

type Finisher = (rt: Runtime, cls: PyClass, place: Place) => void;

/** What happens to a class when its body has run, by the path of one of its bases. */
export const classFinishers: ReadonlyMap<string, Finisher> = new Map<string, Finisher>([
  ...libraryFinishers,
  ['airflow.models.baseoperator.BaseOperator', finishOperatorClass],
  ['airflow.sdk.bases.operator.BaseOperator', finishOperatorClass],
]);
