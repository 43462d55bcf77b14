-- How many events of each day and kind of file the table holds.
SELECT CAST(day AS VARCHAR) AS day, {{template "kind.sql"}} AS kind, count(*) AS events, min(position), max(position)
FROM {{name .Table}}
GROUP BY ALL
ORDER BY ALL
