-- The first events about each product that a model does not know, after a position.
SELECT coalesce(customer, joined_customer, 0), coalesce(session, 0), {{template "event_columns.sql"}}
FROM (
    SELECT e.*, j.customer AS joined_customer, row_number() OVER (PARTITION BY e.sku ORDER BY e.occurred_at, e.id) AS n
    FROM lake e LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
    WHERE e.position > {{.Since}} AND e.type IN ({{.Types}}) AND e.sku IS NOT NULL AND coalesce(e.customer, e.session) IS NOT NULL
      AND e.sku NOT IN (SELECT sku FROM known)
      AND NOT EXISTS (FROM forgotten f WHERE f.user = coalesce(e.customer, j.customer, e.session) AND f.position > e.position)
)
WHERE n <= {{.Limit}}
ORDER BY sku, occurred_at, id
