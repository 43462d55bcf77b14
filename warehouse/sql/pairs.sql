-- The pairs of a period, against the rows and columns of a training set (-1: not in it).
COPY (
    SELECT coalesce(u.n, -1) AS row, coalesce(s.n, -1) AS col, p.user, p.sku
    FROM (SELECT DISTINCT user, sku FROM taste WHERE occurred_at >= epoch_ms({{.From}})) p
    LEFT JOIN (SELECT user, CAST(row_number() OVER (ORDER BY user) - 1 AS INTEGER) AS n FROM read_parquet({{text .Users}})) u USING (user)
    LEFT JOIN (SELECT sku, CAST(row_number() OVER (ORDER BY sku) - 1 AS INTEGER) AS n FROM read_parquet({{text .SKUs}})) s USING (sku)
    ORDER BY p.user, p.sku
) TO {{text .Path}} (FORMAT parquet, COMPRESSION uncompressed)
