-- The lines of every order placed here, order by order in the order of their arrival.
SELECT coalesce(customer, 0), coalesce(session, 0), {{template "event_columns.sql"}}
FROM lake
WHERE type = 'ORDER_PLACED'
ORDER BY min(position) OVER (PARTITION BY order_id), order_id, coalesce(line, 0), position
