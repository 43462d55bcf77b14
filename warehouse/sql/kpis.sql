-- The figures of a period, of its slices, and of what is read of the period before. What was returned counts against pieces.
WITH period AS (
    SELECT e.type, e.order_id, e.quantity, coalesce(e.customer, j.customer, e.session) AS user, e.occurred_at >= epoch_ms($since) AS now,
           least(CAST(greatest(0, epoch_ms(e.occurred_at) - $since) // $width AS INTEGER), $last) AS slice
    FROM lake e LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
    WHERE occurred_at >= epoch_ms($earliest) AND occurred_at < epoch_ms($before)
)
SELECT now, CASE WHEN grouping(slice) = 1 THEN -1 ELSE slice END, count(*), count(DISTINCT user),
       count(DISTINCT user) FILTER (WHERE type IN ('ORDER_PLACED', 'PURCHASE')),
       count(DISTINCT order_id) FILTER (WHERE type IN ('ORDER_PLACED', 'PURCHASE')),
       CAST(coalesce(sum(CASE WHEN type = 'RETURN' THEN -coalesce(quantity, 1) ELSE coalesce(quantity, 1) END)
            FILTER (WHERE type IN ('ORDER_PLACED', 'PURCHASE', 'RETURN')), 0) AS BIGINT),
       count(*) FILTER (WHERE type = 'IMPRESSION'), count(*) FILTER (WHERE type = 'CLICK')
FROM period
GROUP BY GROUPING SETS ((now), (now, slice))
