-- A table like a file's rows, to check expressions against.
CREATE OR REPLACE TEMP TABLE import_row ({{range $i, $c := .Columns}}{{if $i}}, {{end}}{{name $c}} VARCHAR{{end}})
