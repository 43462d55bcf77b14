-- The lines of every order placed here, and of its being cancelled, order by order in the order of their arrival. Those
-- of the forgotten are sales of nobody.
SELECT coalesce(customer, 0), coalesce(session, 0), {{template "event_columns.sql"}}
FROM (
    SELECT e.*, coalesce(e.customer, j.customer, e.session) AS user
    FROM (FROM lake WHERE type = 'ORDER_PLACED' OR {{template "cancellation.sql"}}) e
    LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
) o
WHERE o.user IS NOT NULL AND NOT EXISTS (FROM forgotten f WHERE f.user = o.user AND f.position > o.position)
ORDER BY min(position) OVER (PARTITION BY order_id), order_id, coalesce(line, 0), position
