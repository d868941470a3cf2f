// Writes a DAG file for a sensor class: with the arguments that identify what it waits for, and those that must be given.

/** Arguments whose value isn't a text: Airflow checks some of them when the DAG is built. */
const values = {
  topics: "['value_of_topics']",
  channels: "['value_of_channels']",
  partitions: "['value_of_partitions']",
  partition_names: "['value_of.partition/names']",
  expected_filenames: "['value_of_expected_filenames']",
  keys: "{'id': 'value_of_keys'}",
  query: "'value_of_query'",
  sql: "'SELECT 1 FROM value_of_sql'",
  target_time: "'04:00:00+00:00'",
  delta: 'timedelta(minutes=5)',
  time_to_wait: 'timedelta(minutes=5)',
  week_day: "'Monday'",
  python_callable: 'look',
  bash_command: "'aws s3 ls s3://bucket/key'",
  event_triggered_function: 'look',
  apply_function: "'code.look'",
};

/** The Python text of an argument's value. */
export function valueOf(row, name) {
  return row.values?.[name] ?? values[name] ?? `'value_of_${name}'`;
}

/** The texts by which a value is found again among a candidate's fields. */
export function marksOf(row, name) {
  return [...valueOf(row, name).matchAll(/'([^']*value_of[^']*)'/g)].map((match) => match[1]);
}

/** The identifying arguments that the class really has. One way to name a thing is enough where a class takes only one. */
export function givenTo(row, { parameters, required }) {
  const excluded = new Set(row.without ?? []);
  return [...new Set([...row.identifying, ...required])].filter((name) => parameters.includes(name) && !excluded.has(name));
}

/** The lines that make the task: a class that is private to its provider is made by its decorator. */
function madeBy(row, given) {
  if (row.decorator === undefined) return [`    ${row.code === 'derive' ? 'Derived' : row.class}(task_id='wait'${given})`];
  return [`    @${row.decorator}(task_id='wait'${given})`, '    def wait():', '        return True', '', '    wait()'];
}

/** The file of one class. A class that only others derive from gets one, with a `poke` that looks at an object. */
export function dagFile(row, facts) {
  const given = givenTo(row, facts).map((name) => `, ${name}=${valueOf(row, name)}`).join('');
  const isDerived = row.code === 'derive';
  const derived = isDerived
    ? [`class Derived(${row.class}):`, ...(row.attributes ? [`    ${row.attributes}`] : []), ...(row.methods ?? []).flatMap((name) => [`    def ${name}(self):`, '        return None']), '    def poke(self, context):', "        return S3Hook().check_for_key('s3://bucket/key')", '', '']
    : [];
  return [
    'from datetime import datetime, time, timedelta',
    'from airflow.sdk import DAG, task',
    'from airflow.providers.amazon.aws.hooks.s3 import S3Hook',
    `from ${row.module} import ${row.class}`,
    '',
    '',
    'def look(*args, **kwargs):',
    "    return S3Hook().check_for_key('s3://bucket/key')",
    '',
    '',
    ...derived,
    `with DAG('${row.class}', start_date=datetime(2025, 1, 1), schedule='0 4 * * *'):`,
    ...madeBy(row, given),
    '',
  ].join('\n');
}
