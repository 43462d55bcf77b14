-- The names of a file's columns.
SELECT column_name FROM (DESCRIBE
{{- if eq .Format "csv"}}
    FROM read_csv({{text .Path}}, all_varchar = true, header = true, quote = '"', escape = '"', store_rejects = true)
{{- else if eq .Format "json"}}
    FROM read_json({{text .Path}}, format = 'newline_delimited', maximum_depth = 1, sample_size = -1, ignore_errors = true)
{{- else}}
    FROM read_parquet({{text .Path}})
{{- end}})
