-- The rows that were written aside; those that have the id of an earlier one; the malformed lines that the CSV reader left out.
CREATE VIEW staged AS FROM read_parquet({{texts .Staged}}, hive_partitioning = false);

CREATE TABLE repeats AS
SELECT file, n, row_number() OVER (PARTITION BY id ORDER BY file, n) AS occurrence
FROM staged
WHERE reason IS NULL AND id IN (SELECT id FROM staged WHERE reason IS NULL GROUP BY id HAVING count(*) > 1)
QUALIFY occurrence > 1;

CREATE TABLE files AS FROM (VALUES {{range $i, $f := .Files}}{{if $i}}, {{end}}({{$f.Number}}, {{text $f.Path}}, {{if eq $f.Format "csv"}}1{{else}}0{{end}}){{end}}) AS t(file, path, header);

CREATE TABLE malformed AS
{{- if .Malformed}}
SELECT f.file, e.line, min(e.csv_line) AS row
FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id) JOIN files f ON f.path = s.file_path
GROUP BY f.file, e.line
{{- else}}
SELECT 0 AS file, 0 AS line, '' AS row WHERE false
{{- end}}
