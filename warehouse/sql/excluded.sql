-- The events that shall not count, up to a position and before a moment.
CREATE TEMP TABLE excluded AS
SELECT DISTINCT ref FROM lake
WHERE type = 'EXCLUDED_FROM_TASTE' AND ref IS NOT NULL AND position <= {{.Through}}
{{- if .Before}} AND occurred_at < epoch_ms({{.Before}}){{end}}
