-- The view that `also sql` shows: ids as text.
CREATE TEMP VIEW events AS
SELECT position, CAST(id AS VARCHAR) AS id, type, occurred_at, recorded_at, customer, session, sku, quantity, price_minor,
       currency, rating, order_id, line, recommendation_id, query, source, CAST(ref AS VARCHAR) AS ref, payload, extra, day
FROM lake
