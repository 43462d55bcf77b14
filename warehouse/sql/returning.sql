-- How many users did something that speaks of taste, and how many of them bought twice or more.
SELECT count(*), count(*) FILTER (WHERE orders >= 2)
FROM (
    SELECT coalesce(e.customer, j.customer, e.session) AS user,
           count(DISTINCT coalesce(order_id, CAST(id AS VARCHAR))) FILTER (WHERE type IN ('ORDER_PLACED', 'PURCHASE')) AS orders
    FROM lake e LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
    WHERE type IN ({{.Types}}) AND coalesce(e.customer, e.session) IS NOT NULL AND occurred_at >= epoch_ms($since)
    GROUP BY 1
)
