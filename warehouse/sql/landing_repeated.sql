-- Leaves of the landing only what is new: the first of each (id, day), and nothing that the day's Parquet files hold.
DELETE FROM {{name .Table}} AS l
WHERE l.position NOT IN (SELECT min(position) FROM {{name .Table}} GROUP BY id, day)
{{- if .Files}}
   OR EXISTS (FROM read_parquet({{texts .Files}}, hive_partitioning = false) AS p
              WHERE p.id = l.id AND CAST(p.occurred_at AS DATE) = l.day)
{{- end}}
