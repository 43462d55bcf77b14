-- What each event adds to the entry of its user and product, before decay: shop.Weighing in SQL.
-- weights has a row for each type that counts: w, b, and star, which a RATING adds to b for each star above three.
-- Joins with tables that are empty are left out: they would have columns read for nothing.
CREATE TEMP VIEW taste AS
SELECT {{template "taste_user.sql" .}} AS user, e.sku, e.occurred_at,
       weights.w{{with .Pieces}} * {{.}}{{end}} AS w, (weights.b + weights.star * (coalesce(e.rating, 3) - 3)){{with .Pieces}} * {{.}}{{end}} AS b
FROM lake e
JOIN weights USING (type)
{{- if .Joined}}
LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
{{- end}}
WHERE e.position <= {{.Through}} AND e.sku IS NOT NULL AND coalesce(e.customer, e.session) IS NOT NULL
{{- if .Before}} AND e.occurred_at < epoch_ms({{.Before}}){{end}}
  AND e.type IN ({{.Types}})
{{- if .Excluded}}
  AND NOT EXISTS (FROM excluded x WHERE x.ref = e.id AND x.user = {{template "taste_user.sql" .}})
{{- end}}
{{- if .Forgotten}}
  AND NOT EXISTS (FROM forgotten f WHERE f.user = {{template "taste_user.sql" .}} AND f.position > e.position)
{{- end}}
