{{- /* The columns that Go reads an event from, in the order of scanEvent; the customer and session come before. */ -}}
CAST(id AS VARCHAR), type, epoch_ms(occurred_at), epoch_ms(recorded_at), coalesce(sku, ''), coalesce(quantity, 0),
       coalesce(price_minor, 0), coalesce(currency, ''), coalesce(rating, 0), coalesce(order_id, ''), coalesce(line, 0),
       coalesce(recommendation_id, ''), coalesce(query, ''), coalesce(source, ''), coalesce(CAST(ref AS VARCHAR), ''),
       coalesce(payload, ''), coalesce(extra, '')
{{- /**/ -}}
