-- All events of a snapshot, each once. An import's files count their positions from 1: Base is what comes before.
CREATE OR REPLACE TEMP VIEW lake AS
{{- range $i, $g := .Groups}}
SELECT position{{if $g.Base}} + {{$g.Base}}{{end}} AS position, id, type, occurred_at, recorded_at, customer, session, sku,
       quantity, price_minor, currency, rating, order_id, line, recommendation_id, query, source, ref, payload, extra,
       day
FROM read_parquet({{texts $g.Files}}, hive_partitioning = true, hive_types = {'day': DATE})
UNION ALL
{{- end}}
SELECT position, id, type, occurred_at, recorded_at, customer, session, sku, quantity, price_minor, currency, rating,
       order_id, line, recommendation_id, query, source, ref, payload, extra, day
FROM landing
