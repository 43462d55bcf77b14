-- The events of a day's files with absolute positions, without those of forgotten users. What was sold here stays, as
-- sales to nobody: the stock follows from it. Their orders get numbers that lead nowhere, since the salt is thrown away.
CREATE TEMP TABLE rewritten AS
{{- range $i, $g := .Groups}}
{{if $i}}UNION ALL {{end}}SELECT *{{if $.Without}} EXCLUDE (gone){{end}} REPLACE (
    position{{if $g.Base}} + {{$g.Base}}{{end}} AS position
    {{- if $.Without}},
    CASE WHEN NOT gone THEN customer END AS customer, CASE WHEN NOT gone THEN session END AS session,
    CASE WHEN gone THEN md5(order_id || {{text $.Salt}}) ELSE order_id END AS order_id,
    CASE WHEN NOT gone THEN recommendation_id END AS recommendation_id, CASE WHEN NOT gone THEN ref END AS ref,
    CASE WHEN NOT gone THEN extra END AS extra
    {{- end}}), CAST({{text $.Day}} AS DATE) AS day
FROM {{if $.Without}}(
    SELECT *, coalesce(customer IN ({{$.Without}}), false) OR coalesce(session IN ({{$.Without}}), false) AS gone
    FROM read_parquet({{texts $g.Files}}, hive_partitioning = false)
)
WHERE NOT gone OR type = 'ORDER_PLACED' OR {{template "cancellation.sql"}}
{{- else}}read_parquet({{texts $g.Files}}, hive_partitioning = false)
{{- end}}
{{- end}}
