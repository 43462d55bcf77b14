-- What each event adds to the entry of its user and product, before decay: shop.Weights in SQL.
-- weights has a row for each type that counts: w, b, and star, which a RATING adds to b for each star above three.
CREATE TEMP VIEW taste AS
SELECT e.position, coalesce(e.customer, j.customer, e.session) AS user, e.sku, e.occurred_at, e.type,
       weights.w AS w, weights.b + weights.star * (coalesce(e.rating, 3) - 3) AS b
FROM lake e
JOIN weights USING (type)
LEFT JOIN joined j ON e.customer IS NULL AND e.session = j.session
WHERE e.position <= {{.Through}} AND e.sku IS NOT NULL AND coalesce(e.customer, e.session) IS NOT NULL
{{- if .Before}} AND e.occurred_at < epoch_ms({{.Before}}){{end}}
  AND e.type IN ({{.Types}})
  AND e.id NOT IN (SELECT ref FROM lake WHERE type = 'EXCLUDED_FROM_TASTE' AND ref IS NOT NULL AND position <= {{.Through}}
                   {{- if .Before}} AND occurred_at < epoch_ms({{.Before}}){{end}})
  AND NOT EXISTS (FROM forgotten f WHERE f.user = coalesce(e.customer, j.customer, e.session) AND f.position > e.position)
