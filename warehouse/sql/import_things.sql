-- A file of products or customers, row by row: its number, the line breaks inside it, why it cannot be read,
-- all its columns as JSON, and the mapped fields as texts (category and image as JSON, since they may be lists).
WITH source AS (
    {{template "import_source.sql" .}}
), mapped AS (
    SELECT *
    {{- range .Tried}},
           TRY({'v': ({{.Expression}}
           )}) AS {{name .Column}}
    {{- end}}
    FROM source
)
SELECT __n,
       {{if eq .Format "csv"}}{{range .Columns}}coalesce(length({{name .}}) - length(replace({{name .}}, chr(10), '')), 0) + {{end}}{{end}}0,
       CASE {{if eq .Format "json"}}WHEN __malformed THEN 'malformed row' {{end}}
            {{- range .Tried}}WHEN {{name .Column}} IS NULL THEN {{text (print "error in " .Field)}} {{end}}WHEN false THEN NULL ELSE '' END,
       CAST(json_object({{range $i, $c := .Columns}}{{if $i}}, {{end}}{{text $c}}, {{name $c}}{{end}}) AS VARCHAR)
       {{- range .Names}},
       {{if or (eq . "category") (eq . "image")}}coalesce(CAST(to_json({{$.Value .}}) AS VARCHAR), ''){{else}}coalesce(trim(CAST({{$.Value .}} AS VARCHAR)), ''){{end}}
       {{- end}}
FROM mapped
ORDER BY __n
