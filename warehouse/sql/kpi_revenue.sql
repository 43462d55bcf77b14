-- What was taken less what was given back, by currency; and of that, the lines that name a recommendation: slices as in kpis.sql.
SELECT now, CASE WHEN grouping(slice) = 1 THEN -1 ELSE slice END, currency,
       CAST(sum(amount) AS BIGINT), CAST(coalesce(sum(amount) FILTER (WHERE recommendation_id IS NOT NULL), 0) AS BIGINT)
FROM (
    SELECT occurred_at >= epoch_ms($since) AS now,
           least(CAST(greatest(0, epoch_ms(occurred_at) - $since) // $width AS INTEGER), $last) AS slice,
           currency, recommendation_id, price_minor * coalesce(quantity, 1) * CASE WHEN type = 'RETURN' THEN -1 ELSE 1 END AS amount
    FROM lake
    WHERE type IN ('ORDER_PLACED', 'PURCHASE', 'RETURN') AND currency IS NOT NULL
      AND occurred_at >= epoch_ms($earliest) AND occurred_at < epoch_ms($before)
)
GROUP BY GROUPING SETS ((now, currency), (now, slice, currency))
ORDER BY currency
