-- For each product those most often in the same order: how many orders, and the lift (how much more often than if
-- orders were filled by chance). Ranked by orders times the lift's logarithm: neither rare flukes nor what everybody buys.
-- Orders of more products than $widest say little and cost much: they are left out.
WITH lines AS (
    SELECT DISTINCT order_id, sku FROM lake
    WHERE type IN ('ORDER_PLACED', 'PURCHASE') AND sku IS NOT NULL AND order_id IS NOT NULL AND occurred_at >= epoch_ms($since)
), products AS (
    SELECT sku, CAST(row_number() OVER (ORDER BY sku) AS BIGINT) AS n FROM (SELECT DISTINCT sku FROM lines)
), orders AS (
    SELECT order_id, list(n) AS products
    FROM lines JOIN products USING (sku)
    GROUP BY order_id HAVING count(*) <= $widest
), items AS (
    SELECT CAST(row_number() OVER () AS INTEGER) AS o, unnest(products) AS n FROM orders
), counts AS (
    SELECT n, count(*) AS orders FROM items GROUP BY n
), pairs AS (
    SELECT a.n * 1073741824 + b.n AS pair, count(*) AS orders
    FROM items a JOIN items b ON a.o = b.o AND a.n < b.n
    GROUP BY 1 HAVING count(*) >= $least
), lifted AS (
    SELECT p.a, p.b, p.orders, CAST(p.orders AS DOUBLE) * (SELECT count(*) FROM orders) / (ca.orders * cb.orders) AS lift
    FROM (SELECT pair // 1073741824 AS a, pair % 1073741824 AS b, orders FROM pairs) p
    JOIN counts ca ON ca.n = p.a JOIN counts cb ON cb.n = p.b
), both_ways AS (
    SELECT a, b, orders, lift FROM lifted WHERE lift > 1
    UNION ALL
    SELECT b, a, orders, lift FROM lifted WHERE lift > 1
), best AS (
    -- The greatest n structs: by rank, then by the smaller number. A window over all pairs takes four times as long.
    SELECT a, unnest(max({'rank': orders * ln(lift), 'b': -b, 'orders': orders, 'lift': lift}, $n)) AS t
    FROM both_ways GROUP BY a
)
SELECT pa.sku, pb.sku, t.orders, t.lift
FROM best JOIN products pa ON pa.n = best.a JOIN products pb ON pb.n = -t.b
ORDER BY pa.sku, t.rank DESC, pb.sku
