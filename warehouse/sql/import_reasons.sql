-- How many rows there are by reason; those without one can be taken.
SELECT coalesce(reason, ''), count(*) FROM staged GROUP BY reason
UNION ALL
SELECT 'malformed row', count(*) FROM malformed HAVING count(*) > 0
ORDER BY 1
