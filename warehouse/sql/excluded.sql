-- The events that shall not count, up to a position and before a moment: each for whoever asked so, since only they may say
-- so of what they did.
CREATE TEMP TABLE excluded AS
SELECT DISTINCT e.ref, {{template "taste_user.sql" .}} AS user
FROM lake e
{{- if .Joined}}
LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
{{- end}}
WHERE e.type = 'EXCLUDED_FROM_TASTE' AND e.ref IS NOT NULL AND coalesce(e.customer, e.session) IS NOT NULL AND e.position <= {{.Through}}
{{- if .Before}} AND e.occurred_at < epoch_ms({{.Before}}){{end}}
