-- One file of the lake: the events of a day and a kind, by position. The day is in the folder's name.
COPY (
    SELECT position, id, type, occurred_at, recorded_at, customer, session, sku, quantity, price_minor, currency, rating,
           order_id, line, recommendation_id, query, source, ref, payload, extra
    FROM {{name .Table}}
    WHERE day = {{text .Day}}
    {{- if .Kind}} AND {{template "kind.sql"}} = {{text .Kind}}{{end}}
    ORDER BY position
) TO {{text .Path}} (FORMAT parquet, COMPRESSION zstd)
