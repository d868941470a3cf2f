"""Writes fixtures/cron/golden.json: next and previous fire times as Airflow's own cron timetable computes them.

Run with the Python of an environment that has apache-airflow 3.x:  python scripts/cron-golden.py
"""

import json
import pathlib
import random
import sys
from datetime import datetime, timezone

import pendulum
from airflow.timetables._cron import CronMixin
from airflow.utils.dates import cron_presets
from croniter import croniter

TARGET = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "cron" / "golden.json"
ZONES = [
    "UTC",
    "Europe/Zurich",
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Pacific/Auckland",
]
FIXED = [
    "0 0 * * *", "30 2 * * *", "0 2 * * *", "0 * * * *", "*/15 * * * *", "30 * * * *", "0 */2 * * *", "0 */1 * * *",
    "5 1,2,3 * * *", "15,40 1-4 * * *", "0 4 * * 1-5", "0 6 1 * *", "0 6 l * *", "0 6 * * fri#2", "0 6 * * l5",
    "0 0 13 * 5", "0 0 1 * 0-6", "0 0 */2 * 0-6", "0 0 1-31 * 1", "0 0 31 * *", "0 0 29 2 *", "0 0 30 1,6 *",
    "0 0 * * 7", "0 0 * * 5-7", "0 0 * * 0-7", "0 0 * nov-feb *", "0 0 * apr-jan/3 *", "59/15 5 * * *", "5/20 5 * * *",
    "0 0 ? * mon", "0 0 1 */3 *", "0 *,5 * * *", "*/45 1-3 * * *", "@daily", "@quarterly", "@weekly", "@midnight",
    "0 22-2 * * *", "10-10 3 * * *", "0 12 * * mon-sun", "0 0 28-l 2 *", "0 5 10 * 1#2",
]
INVALID = [
    "", "* * * *", "60 * * * *", "* 24 * * *", "0 0 0 * *", "0 0 32 * *", "0 0 * 13 *", "0 0 * * 8", "*/0 * * * *",
    "0 0 * * mon#6", "0 0 * * 1,2#2", "a * * * *", "5-* * * * *", "0 0 -1 * *", "1-2-3 * * * *", "0 0 l-2 * *", "0 0 * * *#1", "? * * * *",
]
# DST changes of 2026 and 2027 in the zones above, and ordinary days, as UTC.
STARTS = [
    "2026-01-31T23:59:30", "2026-03-08T05:30:00", "2026-03-28T23:00:00", "2026-03-29T00:30:00", "2026-04-04T14:10:00",
    "2026-09-26T13:00:00", "2026-10-03T14:00:00", "2026-10-24T23:15:00", "2026-10-25T00:45:00", "2026-11-01T05:30:00",
    "2026-12-31T22:01:00", "2028-02-28T12:00:00",
]
STEPS = 3


def stamp(moment):
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def walk(step, start):
    times, current = [], start
    for _ in range(STEPS):
        current = step(current)
        times.append(stamp(current))
        current = pendulum.instance(current)
    return times


def field(low, high, rng):
    shape = rng.random()
    if shape < 0.35:
        return "*"
    if shape < 0.5:
        return f"*/{rng.randint(1, max(2, (high - low) // 2))}"
    if shape < 0.75:
        return str(rng.randint(low, high))
    if shape < 0.9:
        first, last = sorted(rng.sample(range(low, high + 1), 2))
        return f"{first}-{last}"
    return ",".join(str(value) for value in sorted(rng.sample(range(low, high + 1), 2)))


def random_expressions(count):
    rng = random.Random(20260101)
    while count:
        text = " ".join(field(*bounds, rng) for bounds in ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6)))
        if croniter.is_valid(text):
            yield text
            count -= 1


def main():
    rng = random.Random(7)
    expressions = FIXED + list(random_expressions(120))
    cases = []
    for number, expression in enumerate(expressions):
        if expression not in cron_presets and not croniter.is_valid(expression):
            raise SystemExit(f"not valid: {expression}")
        for zone in ZONES if number < len(FIXED) else rng.sample(ZONES, 2):
            timetable = CronMixin(expression, zone)
            for start in rng.sample(STARTS, 2):
                moment = pendulum.instance(datetime.fromisoformat(start).replace(tzinfo=timezone.utc))
                try:
                    following = walk(timetable._get_next, moment)
                    preceding = walk(timetable._get_prev, moment)
                except ValueError:
                    following, preceding = [], []
                cases.append([expression, zone, start + "Z", following, preceding])
    invalid = [text for text in INVALID if not croniter.is_valid(text)]
    lines = ",\n".join("    " + json.dumps(case) for case in cases)
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(
        '{\n  "columns": ["expression", "zone", "start", "next", "previous"],\n'
        f'  "invalid": {json.dumps(invalid)},\n  "cases": [\n{lines}\n  ]\n}}\n'
    )
    print(f"{len(cases)} cases, {len(invalid)} invalid expressions -> {TARGET}", file=sys.stderr)


main()
