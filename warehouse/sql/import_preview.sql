-- The first rows of a file, every column as text.
SELECT {{range $i, $c := .Columns}}{{if $i}}, {{end}}coalesce({{name $c}}, ''){{end}}
FROM ({{template "import_source.sql" .Source}})
ORDER BY __n
LIMIT {{.Rows}}
