-- One row a user and product. The sums are of whole numbers (units of 2^-32), so that their order does not matter.
CREATE TEMP TABLE entries AS
WITH counted AS (
    SELECT user, sku, epoch_ms(occurred_at) AS moment, w, b
           {{- if .HalfLife}}, pow(2, -greatest(0, {{.At}} - epoch_ms(occurred_at)) / {{.HalfLife}}.0) AS decay
           {{- else}}, 1 AS decay{{end}}
    FROM taste
)
SELECT user, sku, sum(CAST(round(w * decay * 4294967296) AS BIGINT)) AS w, sum(CAST(round(b * decay * 4294967296) AS BIGINT)) AS b,
       min(moment) AS first, max(moment) AS last, count(*) AS events
FROM counted
GROUP BY user, sku
HAVING sum(CAST(round(w * decay * 4294967296) AS BIGINT)) <> 0 OR sum(CAST(round(b * decay * 4294967296) AS BIGINT)) <> 0;

CREATE TEMP TABLE users AS
SELECT user, CAST(row_number() OVER (ORDER BY user) - 1 AS INTEGER) AS n FROM (SELECT DISTINCT user FROM entries);

CREATE TEMP TABLE skus AS
SELECT sku, CAST(row_number() OVER (ORDER BY sku) - 1 AS INTEGER) AS n FROM (SELECT DISTINCT sku FROM entries)
