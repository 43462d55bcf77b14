-- The latest state of each product that was not deleted. Its stock is what was last stated, less what was ordered
-- and not cancelled since: a save whose payload says nothing of the stock leaves it as it is.
WITH changes AS (
    SELECT sku, position, type, payload FROM lake WHERE type IN ('PRODUCT_SAVED', 'PRODUCT_DELETED')
), latest AS (
    SELECT sku, arg_max(type, position) AS type, arg_max(payload, position) AS payload,
           coalesce(max(position) FILTER (WHERE type = 'PRODUCT_DELETED'), 0) AS deleted
    FROM changes GROUP BY sku
), stated AS (
    SELECT c.sku, max(c.position) AS position,
           arg_max(CAST(json_extract_string(c.payload, '$.stock') AS BIGINT), c.position) AS stock
    FROM changes c JOIN latest l USING (sku)
    WHERE c.type = 'PRODUCT_SAVED' AND c.position > l.deleted AND json_extract_string(c.payload, '$.stock') IS NOT NULL
    GROUP BY c.sku
), ordered AS (
    SELECT o.sku, sum(CASE WHEN o.type = 'RETURN' THEN -o.quantity ELSE o.quantity END) AS quantity
    FROM (FROM lake WHERE type = 'ORDER_PLACED' OR {{template "cancellation.sql"}}) o JOIN latest l USING (sku) LEFT JOIN stated s USING (sku)
    WHERE o.position > greatest(l.deleted, coalesce(s.position, 0))
    GROUP BY o.sku
)
SELECT l.payload, CAST(greatest(0, coalesce(s.stock, 0) - coalesce(o.quantity, 0)) AS BIGINT)
FROM latest l LEFT JOIN stated s USING (sku) LEFT JOIN ordered o USING (sku)
WHERE l.type = 'PRODUCT_SAVED'
ORDER BY l.sku
