-- The events of a day's files with absolute positions, without those of forgotten users.
CREATE TEMP TABLE rewritten AS
{{- range $i, $g := .Groups}}
{{if $i}}UNION ALL {{end}}SELECT * REPLACE (position{{if $g.Base}} + {{$g.Base}}{{end}} AS position), CAST({{text $.Day}} AS DATE) AS day
FROM read_parquet({{texts $g.Files}}, hive_partitioning = false)
{{- if $.Without}}
WHERE coalesce(customer NOT IN ({{$.Without}}), true) AND coalesce(session NOT IN ({{$.Without}}), true)
{{- end}}
{{- end}}
