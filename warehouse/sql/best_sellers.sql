-- Pieces sold less pieces returned, the most first: of all products, by category (ancestors too) and by vendor.
WITH sold AS (
    SELECT sku, sum(CASE WHEN type = 'RETURN' THEN -coalesce(quantity, 1) ELSE coalesce(quantity, 1) END) AS pieces
    FROM lake
    WHERE type IN ('ORDER_PLACED', 'PURCHASE', 'RETURN') AND sku IS NOT NULL
      AND occurred_at >= epoch_ms($since) AND occurred_at < epoch_ms($before)
    GROUP BY sku HAVING pieces > 0
), grouped AS (
    SELECT 'all' AS kind, '' AS id, sku, pieces FROM sold
    UNION ALL
    SELECT kind, id, sku, pieces FROM sold JOIN groups USING (sku)
)
SELECT kind, id, sku, CAST(pieces AS DOUBLE)
FROM grouped
QUALIFY row_number() OVER (PARTITION BY kind, id ORDER BY pieces DESC, sku) <= $n
ORDER BY kind, id, pieces DESC, sku
