-- The products on offer that were listed last.
SELECT sku, CAST(epoch_ms(CAST(json_extract_string(payload, '$.listedAt') AS TIMESTAMP)) AS DOUBLE) AS listed
FROM (
    SELECT sku, arg_max(payload, position) AS payload
    FROM lake WHERE type IN ('PRODUCT_SAVED', 'PRODUCT_DELETED')
    GROUP BY sku HAVING arg_max(type, position) = 'PRODUCT_SAVED'
)
WHERE json_extract_string(payload, '$.status') = 'ACTIVE'
ORDER BY listed DESC, sku
LIMIT $n
