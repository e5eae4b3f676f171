INSERT INTO rankings
SELECT CAST(window_start AS TIMESTAMP_LTZ(3)), `user`, changes, place
FROM (
    SELECT
        *,
        ROW_NUMBER() OVER (PARTITION BY window_start, window_end ORDER BY changes DESC, `user`) AS place
    FROM (
        SELECT window_start, window_end, `user`, COUNT(*) AS changes
        FROM TABLE(TUMBLE(TABLE changes, DESCRIPTOR(change_timestamp), INTERVAL '10' MINUTES))
        WHERE `user` IS NOT NULL
        GROUP BY window_start, window_end, `user`
    )
)
WHERE place <= 10
