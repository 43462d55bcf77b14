-- The event with an id, its first copy.
SELECT position, coalesce(customer, 0), coalesce(session, 0), {{template "event_columns.sql"}}
FROM lake
WHERE id = CAST($id AS UUID)
ORDER BY position
LIMIT 1
