// Loaded before a measured process: tells its peak memory and the processor's time, all threads together, through a
// pipe that the process itself doesn't use.

import { existsSync, readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const linuxStatus = '/proc/self/status';

/** Linux counts into maxRSS what the parent held when it started the process; the status file does not. */
function peakKilobytes() {
  const own = existsSync(linuxStatus) ? /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(linuxStatus, 'utf8'))?.[1] : undefined;
  return own ?? process.resourceUsage().maxRSS;
}

/** Seconds, user and system. */
function processorSeconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

if (isMainThread) {
  process.on('exit', () => writeSync(3, JSON.stringify({ kilobytes: Number(peakKilobytes()), processor: processorSeconds() })));
}
