-- Which lists each product belongs in: that of all ('all', ''), of its vendor, of its categories and their ancestors.
CREATE OR REPLACE TEMP TABLE groups AS
WITH RECURSIVE products AS (
    SELECT sku, arg_max(payload, position) AS payload
    FROM lake WHERE type IN ('PRODUCT_SAVED', 'PRODUCT_DELETED')
    GROUP BY sku HAVING arg_max(type, position) = 'PRODUCT_SAVED'
), categories AS (
    SELECT sku AS id, nullif(json_extract_string(arg_max(payload, position), '$.parent'), '') AS parent
    FROM lake WHERE type IN ('CATEGORY_SAVED', 'CATEGORY_DELETED')
    GROUP BY sku HAVING arg_max(type, position) = 'CATEGORY_SAVED'
), member AS (
    SELECT sku, unnest(CAST(json_extract(payload, '$.categories') AS VARCHAR[])) AS id FROM products
    UNION -- not ALL: a circle of categories ends
    SELECT m.sku, c.parent FROM member m JOIN categories c USING (id) WHERE c.parent IS NOT NULL
)
SELECT 'category' AS kind, id, sku FROM member
UNION ALL
SELECT 'vendor', json_extract_string(payload, '$.vendor'), sku FROM products WHERE json_extract_string(payload, '$.vendor') <> ''
