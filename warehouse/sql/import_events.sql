-- Reads a file of events, judges each row and writes them all aside: what is mapped, in the lake's types, and the
-- reason why the row cannot be taken, if there is one, with the row as JSON.
COPY (
WITH source AS (
    {{template "import_source.sql" .}}
), mapped AS (
    SELECT *
    {{- range .Tried}},
           TRY({'v': ({{.Expression}}
           )}) AS {{name .Column}}
    {{- end}}
    FROM source
    WHERE rows_read(__n)
), valued AS (
    SELECT *,
           CAST({{.Value "type"}} AS VARCHAR) AS __type_text, CAST({{.Value "customer"}} AS VARCHAR) AS __customer_text,
           CAST({{.Value "session"}} AS VARCHAR) AS __session_text, CAST({{.Value "sku"}} AS VARCHAR) AS __sku_text,
           CAST({{.Value "quantity"}} AS VARCHAR) AS __quantity_text, CAST({{.Value "price"}} AS VARCHAR) AS __price_text,
           CAST({{.Value "currency"}} AS VARCHAR) AS __currency_text, CAST({{.Value "occurredAt"}} AS VARCHAR) AS __at_text,
           CAST({{.Value "order"}} AS VARCHAR) AS __order_text, CAST({{.Value "line"}} AS VARCHAR) AS __line_text,
           CAST({{.Value "rating"}} AS VARCHAR) AS __rating_text, CAST({{.Value "query"}} AS VARCHAR) AS __query_text,
           CAST({{.Value "id"}} AS VARCHAR) AS __id_text
    FROM mapped
), typed AS (
    SELECT *,
           {{if .Has "type"}}nullif(trim(__type_text), ''){{else}}'PURCHASE'{{end}} AS __type_,
           nullif(trim(__customer_text), '') AS __customer_, nullif(trim(__session_text), '') AS __session_,
           nullif(trim(__sku_text), '') AS __sku_, nullif(trim(__order_text), '') AS __order_,
           nullif(trim(__query_text), '') AS __query_, nullif(trim(__id_text), '') AS __id_,
           nullif(trim(__quantity_text), '') AS __quantity_given, TRY_CAST(__quantity_text AS DOUBLE) AS __quantity_,
           nullif(trim(__price_text), '') AS __price_given, TRY_CAST(__price_text AS DOUBLE) AS __price_,
           coalesce(nullif(upper(trim(__currency_text)), ''), {{text .Currency}}) AS __currency_,
           nullif(trim(__at_text), '') AS __at_given,
           -- A time with an offset is brought to UTC; the plain cast would drop the offset, the other one is slow.
           CASE WHEN length(__at_text) > 16 AND regexp_matches(__at_text, ':.*[+-][0-9]{2}(:?[0-9]{2})?$')
                THEN TRY_CAST(__at_text AS TIMESTAMPTZ) AT TIME ZONE 'UTC'
                ELSE TRY_CAST(__at_text AS TIMESTAMP) END AS __at_,
           nullif(trim(__line_text), '') AS __line_given, TRY_CAST(__line_text AS BIGINT) AS __line_,
           nullif(trim(__rating_text), '') AS __rating_given, TRY_CAST(__rating_text AS DOUBLE) AS __rating_
    FROM valued
), judged AS (
    SELECT *, CASE
        {{- if eq .Format "json"}}
        WHEN __malformed THEN 'malformed row'
        {{- end}}
        {{- range .Tried}}
        WHEN {{name .Column}} IS NULL THEN {{text (print "error in " .Field)}}
        {{- end}}
        WHEN __customer_ IS NULL AND __session_ IS NULL THEN 'missing customer'
        WHEN __type_ IS NULL THEN 'missing type'
        WHEN __type_ NOT IN ({{.Types}}) THEN 'unknown type'
        WHEN __sku_ IS NULL AND __type_ IN ({{.ProductTypes}}) THEN 'missing sku'
        WHEN __at_given IS NULL THEN 'missing date'
        WHEN __at_ IS NULL OR __at_ < TIMESTAMP '1970-01-01' OR isinf(__at_) THEN 'bad date'
        WHEN __at_ >= epoch_ms({{.Latest}}) THEN 'date in the future'
        WHEN __quantity_given IS NOT NULL AND (__quantity_ IS NULL OR __quantity_ <> floor(__quantity_) OR abs(__quantity_) > 2147483647) THEN 'bad quantity'
        WHEN __quantity_ <= 0 THEN 'non-positive quantity'
        WHEN __price_given IS NOT NULL AND (__price_ IS NULL OR NOT isfinite(__price_) OR abs(__price_) > 1e13) THEN 'bad price'
        WHEN __price_ < 0 OR __price_ = 0 AND __type_ = 'PURCHASE' THEN 'non-positive price'
        WHEN __price_given IS NOT NULL AND NOT regexp_full_match(__currency_, '[A-Z]{3}') THEN 'bad currency'
        WHEN __line_given IS NOT NULL AND (__line_ IS NULL OR __line_ < 0 OR __line_ > 2147483647) THEN 'bad line'
        WHEN __type_ = 'RATING' AND __rating_given IS NULL THEN 'missing rating'
        WHEN __type_ = 'RATING' AND (__rating_ IS NULL OR __rating_ NOT IN (1, 2, 3, 4, 5)) THEN 'bad rating'
        WHEN greatest(length(__sku_), length(__order_), length(__customer_), length(__session_), length(__id_)) > 200 OR length(__query_) > 1000 THEN 'too long'
        END AS __reason
    FROM typed
), final AS (
    SELECT *,
           CASE WHEN __price_given IS NOT NULL
                THEN CAST(round(__price_ * CASE {{.MinorFactors}} ELSE 100 END) AS BIGINT) END AS __minor,
           coalesce(CAST(__quantity_ AS BIGINT),
                    CASE WHEN __type_ IN ('PURCHASE', 'RETURN', 'CART_ADD', 'CART_REMOVE') THEN 1 END) AS __pieces,
           CASE WHEN __type_ = 'RATING' THEN CAST(__rating_ AS INTEGER) END AS __stars
    FROM judged
), keyed AS (
    SELECT *,
           {{- if .Has "id"}}
           CASE WHEN __reason IS NULL AND __id_ IS NOT NULL THEN 'id:' || __id_
                WHEN __reason IS NULL THEN {{else}}
           CASE WHEN __reason IS NULL THEN {{end}}'row:' || concat_ws(chr(31), __type_, coalesce(__customer_, ''), coalesce(__session_, ''),
                coalesce(__sku_, ''), coalesce(CAST(__pieces AS VARCHAR), ''), coalesce(CAST(__minor AS VARCHAR), ''),
                CASE WHEN __minor IS NULL THEN '' ELSE __currency_ END, CAST(epoch_ms(__at_) AS VARCHAR), coalesce(__order_, ''),
                coalesce(CAST(__line_ AS VARCHAR), ''), coalesce(CAST(__stars AS VARCHAR), ''), coalesce(__query_, '')) END AS __key
    FROM final
), hashed AS (
    SELECT *, CASE WHEN __key IS NOT NULL
                   THEN sha256(unhex({{text .IDPrefix}} || printf('%08x', strlen(__key))) || encode(__key)) END AS __sha
    FROM keyed
)
SELECT CAST({{.Number}} AS INTEGER) AS file, __n AS n, __reason AS reason,
       {{if eq .Format "csv"}}CASE WHEN {{range $i, $c := .Columns}}{{if $i}} OR {{end}}contains({{name $c}}, chr(10)){{end}}
            THEN length(regexp_replace(concat_ws('', {{range $i, $c := .Columns}}{{if $i}}, {{end}}{{name $c}}{{end}}), '[^\n]', '', 'g')) END
       {{- else}}NULL::BIGINT{{end}} AS breaks,
       CASE WHEN __reason IS NOT NULL THEN CAST(json_object({{range $i, $c := .Columns}}{{if $i}}, {{end}}{{text $c}}, {{name $c}}{{end}}) AS VARCHAR) END AS row,
       __type_ AS type, __customer_ AS customer, __session_ AS session, __sku_ AS sku, __pieces AS quantity, __minor AS price_minor,
       CASE WHEN __minor IS NOT NULL THEN __currency_ END AS currency, date_trunc('millisecond', __at_) AS occurred_at,
       CAST(CASE WHEN __reason IS NULL THEN __at_ END AS DATE) AS day,
       __order_ AS order_id, __line_ AS line, __stars AS rating, __query_ AS query,
       {{if .Has "id"}}__id_ IS NOT NULL{{else}}false{{end}} AS keyed,
       {{template "uuid8.sql" "__sha"}} AS id
FROM hashed
) TO {{text .Out}} (FORMAT parquet, COMPRESSION snappy)
