import type { Runtime } from '../runtime.js';
import { dagClass } from './dag.js';
import { callFactory, copyFactory, expandFactory } from './factory-calls.js';
import { mappedOperatorClass, operatorClass } from './operator-class.js';
import { openWorld } from './world.js';
import { xcomOf } from './xcom.js';

/** Puts our model of Airflow into a runtime. */
export function installAirflow(rt: Runtime): void {
  openWorld(rt, { operatorClass, mappedOperatorClass, dagClass, xcomOf, callFactory, expandFactory, copyFactory });
}
