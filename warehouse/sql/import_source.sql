{{- /* One file's rows: every column as text, and __n, the row's number in the file from 1. */ -}}
{{- if eq .Format "csv" -}}
SELECT *, row_number() OVER () AS __n
FROM read_csv({{text .Path}}, all_varchar = true, header = true, quote = '"', escape = '"', store_rejects = true)
{{- else if eq .Format "json" -}}
SELECT {{range .Columns}}json ->> {{text (pointer .)}} AS {{name .}}, {{end}}json IS NULL AS __malformed, row_number() OVER () AS __n
FROM read_ndjson_objects({{text .Path}}, ignore_errors = true)
{{- else -}}
SELECT {{range .Columns}}CAST({{name .}} AS VARCHAR) AS {{name .}}, {{end}}row_number() OVER () AS __n
FROM read_parquet({{text .Path}})
{{- end -}}
