CREATE TABLE changes (
    `timestamp` BIGINT,
    `user` STRING,
    change_timestamp AS TO_TIMESTAMP_LTZ(`timestamp`, 0),
    -- A window of SQL has no allowed lateness, so the watermark waits: 20 s and 10 minutes, as in the project.
    WATERMARK FOR change_timestamp AS change_timestamp - INTERVAL '10:20' MINUTE TO SECOND
) WITH (
    'connector' = 'kafka',
    'properties.bootstrap.servers' = '${bootstrap-servers}',
    'properties.group.id' = 'flink-sql',
    'topic' = '${topic}',
    'scan.startup.mode' = 'earliest-offset',
    'scan.bounded.mode' = 'latest-offset',
    'format' = 'json',
    -- Without it one bad record restarts the job for ever.
    'json.ignore-parse-errors' = 'true'
)
