-- The files that Go reads, all in order.
COPY (SELECT user FROM users ORDER BY n) TO {{text .Users}} (FORMAT parquet, COMPRESSION zstd);
COPY (SELECT sku FROM skus ORDER BY n) TO {{text .SKUs}} (FORMAT parquet, COMPRESSION zstd);
COPY (
    SELECT u.n AS row, s.n AS col, CAST(w AS DOUBLE) / 4294967296 AS w, CAST(b AS DOUBLE) / 4294967296 AS b, first, last, events
    FROM entries JOIN users u USING (user) JOIN skus s USING (sku)
    ORDER BY row, col
) TO {{text .Entries}} (FORMAT parquet, COMPRESSION uncompressed)
