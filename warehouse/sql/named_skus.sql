-- How often each product was named by events that speak of taste.
SELECT sku, count(*)
FROM lake
WHERE type IN ({{.Types}}) AND sku IS NOT NULL AND occurred_at >= epoch_ms($since)
GROUP BY sku
