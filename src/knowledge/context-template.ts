/** What `dag2event init` writes: every key of the context file with a comment, all of it commented out. */
export const contextTemplate = `# What the team knows and no code says. Everything is optional: what is missing becomes a question of the plan.
# Entries about DAGs name them by id (dags), tag (tags) or file (paths); * stands for any characters. The first one counts.
# \`dag2event schema context\` prints what may stand here.

# Prefix of event types in contracts.
# namespace: com.example.data

# platform:
#   cloud: aws                 # aws, gcp, azure, other
#   executor: CeleryExecutor
#   brokers: [eventbridge, sqs] # what may be used: eventbridge, sqs, kafka, pubsub, service_bus, event_grid
#   key-store: DynamoDB table ops-dedupe-keys
#   dead-letter-store: S3 bucket ops-dead-letters

# Where events already come from. \`match\` holds the fields by which the analysis names the source.
# event-sources:
#   - kind: s3                 # s3, gcs, azure_blob, kafka, sqs, pubsub, servicebus, webhook, cdc, job_completion, file
#     match: { bucket: landing, key: "orders/*" }
#     channel: orders-landed   # the queue or topic on which its events already come
#     consumer: airflow        # the rule, subscription or consumer group for Airflow
#     owner: ingestion team
#     starts: [load_orders]    # DAGs of which you know that they wait for it
#     retention-hours: 96
#     events-per-hour: 12
#     burst-per-minute: 60
#     ordered: false

# throughput:
#   - dags: [load_*]
#     events-per-hour: 12
#     burst-per-minute: 60

# From the event to the finished data.
# latency:
#   - tags: [finance]
#     minutes: 30

# DAGs that may run after each event, although events come much more often than their clock does today.
# cadence:
#   - dags: [build_report]
#     every-event: true

# failure-tolerance:
#   - tags: [finance]
#     loss: never              # never, tolerable
#     duplicates: never        # never, tolerable

# What hurt before.
# incidents:
#   - dags: [load_orders]
#     what: the file came twice and the orders were booked twice

# owners:
#   - paths: [dags/finance/*]
#     owner: finance data
#     on-call: finance data on-call

# freeze-windows:
#   - when: 2026-12-20 to 2027-01-06
#     why: year end
`;
