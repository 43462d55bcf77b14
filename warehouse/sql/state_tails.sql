-- The latest events of each user after a position, oldest first; what sessions did is their customer's.
SELECT coalesce(customer, joined_customer, 0), coalesce(session, 0), {{template "event_columns.sql"}}
FROM (
    SELECT e.*, j.customer AS joined_customer, coalesce(e.customer, j.customer, e.session) AS user,
           row_number() OVER (PARTITION BY coalesce(e.customer, j.customer, e.session) ORDER BY e.occurred_at DESC, e.id DESC) AS n
    FROM lake e LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
    WHERE e.position > {{.Since}} AND e.type IN ({{.Types}}) AND coalesce(e.customer, e.session) IS NOT NULL
      {{- if .Users}} AND (e.customer IN ({{.Users}}) OR e.customer IS NULL AND (e.session IN ({{.Users}}) OR j.customer IN ({{.Users}}))){{end}}
      AND NOT EXISTS (FROM forgotten f WHERE f.user = coalesce(e.customer, j.customer, e.session) AND f.position > e.position)
)
WHERE n <= {{.Limit}}
ORDER BY user, occurred_at, id
