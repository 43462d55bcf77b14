-- Purchases before a moment, each counting half for every half-life that it lies back. The sums are of whole numbers,
-- so that their order does not matter.
SELECT sku, CAST(sum(CAST(round(4294967296 * pow(2, -CAST($at - epoch_ms(occurred_at) AS DOUBLE) / $half_life)) AS BIGINT)) AS DOUBLE) / 4294967296 AS score
FROM lake
WHERE type IN ('ORDER_PLACED', 'PURCHASE') AND sku IS NOT NULL AND occurred_at <= epoch_ms($at)
GROUP BY sku HAVING score > 0
ORDER BY score DESC, sku
LIMIT $n
