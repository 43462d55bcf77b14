-- The events of some days in the columns of the lake, but for what the lake has. A row equal to an earlier one is another
-- event, with an id made of the first one's and its number among them; one with a key of its own is the same event again.
CREATE OR REPLACE TABLE chunk AS
WITH accepted AS (
    SELECT s.*, coalesce(r.occurrence, 1) AS occurrence
    FROM staged s LEFT JOIN repeats r USING (file, n)
    WHERE s.reason IS NULL AND s.day BETWEEN {{text .From}} AND {{text .To}} AND (r.occurrence IS NULL OR NOT s.keyed)
), hashed AS (
    SELECT *, CASE WHEN occurrence > 1 THEN sha256(unhex({{text .IDPrefix}} || '00000024') || encode(CAST(id AS VARCHAR))
                || unhex(printf('%08x', strlen(CAST(occurrence AS VARCHAR)))) || encode(CAST(occurrence AS VARCHAR))) END AS sha
    FROM accepted
), identified AS (
    SELECT * REPLACE (CASE WHEN occurrence > 1 THEN {{template "uuid8.sql" "sha"}} ELSE id END AS id) FROM hashed
), named AS (
    SELECT *, sha256(unhex({{text .SessionPrefix}} || printf('%08x', strlen(session))) || encode(session)) AS session_sha FROM identified
)
SELECT {{.Offset}} + row_number() OVER () AS position, *
FROM (
    SELECT i.id, i.type, i.occurred_at, epoch_ms({{.RecordedAt}}) AS recorded_at, p.user AS customer,
           {{template "session_user.sql" "i.session_sha"}} AS session,
           i.sku, i.quantity, i.price_minor, i.currency, i.rating, i.order_id, i.line, NULL::VARCHAR AS recommendation_id, i.query,
           {{text .Source}} AS source, NULL::UUID AS ref, NULL::VARCHAR AS payload, NULL::VARCHAR AS extra, i.day
    FROM named i LEFT JOIN people p USING (customer)
    WHERE NOT EXISTS (FROM lake l WHERE l.id = i.id AND l.day = i.day)
    ORDER BY i.day, i.file, i.n
)
