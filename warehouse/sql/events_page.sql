-- The newest events of some days before a moment and id, by when they occurred.
SELECT position, coalesce(customer, 0), coalesce(session, 0), {{template "event_columns.sql"}}
FROM lake
WHERE day BETWEEN CAST($first AS DATE) AND CAST($last AS DATE)
  AND occurred_at >= epoch_ms($since) AND occurred_at < epoch_ms($before)
  AND (occurred_at < epoch_ms($at) OR occurred_at = epoch_ms($at) AND id < CAST($id AS UUID))
{{- if .Types}}
  AND type IN ({{.Types}})
{{- end}}
{{- if .SKU}}
  AND sku = {{text .SKU}}
{{- end}}
{{- if .Recommendation}}
  AND recommendation_id = {{text .Recommendation}}
{{- end}}
{{- if .User}}
  AND (customer = {{.User}} OR session IN ({{.Sessions}}) AND (customer IS NULL OR session = {{.User}}))
{{- end}}
ORDER BY occurred_at DESC, id DESC
LIMIT $n
