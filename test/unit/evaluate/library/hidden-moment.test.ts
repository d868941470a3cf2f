import { describe, expect, it } from 'vitest';
import { graphOfSource } from '../../../support/graph.js';

const head = `import os
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo
import pendulum
import pytz
from airflow.sdk import DAG, Variable
from airflow.providers.standard.operators.empty import EmptyOperator
`;

async function scheduleOf(startDate: string) {
  const source = `${head}with DAG("d", start_date=${startDate}, schedule="0 5 * * *"):\n    EmptyOperator(task_id="a")\n`;
  const graph = await graphOfSource({ 'x.py': source });
  const [dag] = graph.dags;
  if (dag === undefined) throw new Error(JSON.stringify(graph.import_errors));
  return { status: dag.status, timezone: dag.schedule.kind === 'cron' ? dag.schedule.timezone : dag.schedule.kind };
}

describe('a start date that depends on the clock leaves the time zone known', () => {
  it.each([
    ['pendulum.today("UTC").add(days=-2)', 'UTC'],
    ['pendulum.today("Europe/Paris").subtract(days=1).start_of("month")', 'Europe/Paris'],
    ['pendulum.now(tz="America/New_York")', 'America/New_York'],
    ['pendulum.now("UTC").in_timezone("Asia/Tokyo")', 'Asia/Tokyo'],
    ['pendulum.yesterday(pendulum.timezone("Europe/Berlin"))', 'Europe/Berlin'],
    ['datetime.now() - timedelta(days=1)', 'UTC'],
    ['datetime.now(timezone.utc).replace(hour=0, minute=0)', 'UTC'],
    ['datetime.now(ZoneInfo("Europe/Paris"))', 'Europe/Paris'],
    ['datetime.now().replace(tzinfo=ZoneInfo("Europe/Paris"))', 'Europe/Paris'],
    ['datetime.utcnow()', 'UTC'],
    ['datetime.combine(date.today() - timedelta(days=1), datetime.min.time())', 'UTC'],
    ['datetime.combine(date.today(), time(0, 0, tzinfo=ZoneInfo("Asia/Tokyo")))', 'Asia/Tokyo'],
    ['datetime(datetime.now().year, 1, 1)', 'UTC'],
    ['datetime(2024, 1, 1, tzinfo=ZoneInfo("Asia/Tokyo")) + timedelta(days=int(os.environ["N"]))', 'Asia/Tokyo'],
    ['datetime.strptime(Variable.get("start"), "%Y-%m-%d")', 'UTC'],
    ['pytz.timezone("Europe/Paris").localize(datetime.now())', 'Europe/Paris'],
    ['pendulum.datetime(int(os.environ["YEAR"]), 1, 1, tz="Europe/Paris")', 'Europe/Paris'],
    ['pendulum.instance(datetime(2024, 1, 1, tzinfo=pendulum.now("Asia/Tokyo").tz))', 'Asia/Tokyo'],
  ])('%s', async (startDate, timezone) => {
    expect(await scheduleOf(startDate)).toEqual({ status: 'exact', timezone });
  });
});

describe('a zone that is not known takes the DAG out of exact', () => {
  it.each([
    'pendulum.now()',
    'pendulum.today("local")',
    'datetime.now().astimezone()',
    'datetime.strptime(Variable.get("start"), "%Y-%m-%d %z")',
    'datetime.fromisoformat(Variable.get("start"))',
    'datetime.now(ZoneInfo(os.environ["ZONE"]))',
  ])('%s', async (startDate) => {
    expect((await scheduleOf(startDate)).status).not.toBe('exact');
  });
});
