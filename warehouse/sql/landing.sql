-- The events of journal segments that are not in Parquet yet, in the columns of the lake.
-- Nothing but "p" and "events" of a line is looked at: control records stay out of SQL.
-- A line is at most 16 MB, DuckDB's default limit. One that was not whole when the snapshot was taken is past its last position, or null.
CREATE TEMP TABLE {{name .Table}} AS
WITH entries AS (
{{- range $i, $f := .Files}}
    {{if $i}}UNION ALL {{end}}SELECT p, events
    FROM read_json({{text $f.Path}}, format = 'newline_delimited', ignore_errors = true,
                   columns = {p: 'BIGINT', events: 'JSON[]'})
    WHERE p BETWEEN {{$f.First}} AND {{$f.Last}}
{{- else}}
    SELECT NULL::BIGINT AS p, NULL::JSON[] AS events WHERE false
{{- end}}
), unnested AS (
    SELECT p, unnest(events) AS event, generate_subscripts(events, 1) AS i FROM entries
), decoded AS (
    SELECT p + i - 1 AS position,
           from_json(event, '{"id": "UUID", "type": "VARCHAR", "occurred_at": "BIGINT", "recorded_at": "BIGINT",
               "customer": "BIGINT", "session": "BIGINT", "sku": "VARCHAR", "quantity": "BIGINT", "price_minor": "BIGINT",
               "currency": "VARCHAR", "rating": "INTEGER", "order_id": "VARCHAR", "line": "BIGINT",
               "recommendation_id": "VARCHAR", "query": "VARCHAR", "source": "VARCHAR", "ref": "UUID", "payload": "JSON"}') AS e,
           CAST(json_merge_patch(event, '{"v": null, "id": null, "type": null, "occurred_at": null, "recorded_at": null,
               "customer": null, "session": null, "sku": null, "quantity": null, "price_minor": null, "currency": null,
               "rating": null, "order_id": null, "line": null, "recommendation_id": null, "query": null, "source": null,
               "ref": null, "payload": null}') AS VARCHAR) AS extra
    FROM unnested
)
SELECT position, e.id AS id, e.type AS type, epoch_ms(e.occurred_at) AS occurred_at, epoch_ms(e.recorded_at) AS recorded_at,
       e.customer AS customer, e.session AS session, e.sku AS sku, e.quantity AS quantity, e.price_minor AS price_minor,
       e.currency AS currency, e.rating AS rating, e.order_id AS order_id, e.line AS line,
       e.recommendation_id AS recommendation_id, e.query AS query, e.source AS source, e.ref AS ref,
       CAST(e.payload AS VARCHAR) AS payload, nullif(extra, '{}') AS extra, CAST(epoch_ms(e.occurred_at) AS DATE) AS day
FROM decoded
