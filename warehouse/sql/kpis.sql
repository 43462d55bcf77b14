-- The figures of a period. What was returned counts against pieces.
WITH period AS (
    SELECT e.*, coalesce(e.customer, j.customer, e.session) AS user
    FROM lake e LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
    WHERE occurred_at >= epoch_ms($since) AND occurred_at < epoch_ms($before)
)
SELECT count(*), count(DISTINCT user),
       count(DISTINCT order_id) FILTER (WHERE type IN ('ORDER_PLACED', 'PURCHASE')),
       CAST(coalesce(sum(CASE WHEN type = 'RETURN' THEN -coalesce(quantity, 1) ELSE coalesce(quantity, 1) END)
            FILTER (WHERE type IN ('ORDER_PLACED', 'PURCHASE', 'RETURN')), 0) AS BIGINT),
       count(*) FILTER (WHERE type = 'IMPRESSION'), count(*) FILTER (WHERE type = 'CLICK')
FROM period
