-- What was taken in a period less what was given back, by currency; and of that, the lines that name a recommendation.
SELECT currency,
       CAST(sum(amount) AS BIGINT), CAST(coalesce(sum(amount) FILTER (WHERE recommendation_id IS NOT NULL), 0) AS BIGINT)
FROM (
    SELECT currency, recommendation_id, price_minor * coalesce(quantity, 1) * CASE WHEN type = 'RETURN' THEN -1 ELSE 1 END AS amount
    FROM lake
    WHERE type IN ('ORDER_PLACED', 'PURCHASE', 'RETURN') AND currency IS NOT NULL
      AND occurred_at >= epoch_ms($since) AND occurred_at < epoch_ms($before)
)
GROUP BY currency
ORDER BY currency
