CREATE TABLE rankings (
    window_start TIMESTAMP_LTZ(3),
    `user` STRING,
    changes BIGINT,
    place BIGINT
) WITH (
    'connector' = 'kafka',
    'properties.bootstrap.servers' = '${bootstrap-servers}',
    'topic' = '${output-topic}',
    'scan.startup.mode' = 'earliest-offset',
    'scan.bounded.mode' = 'latest-offset',
    'format' = 'json'
)
