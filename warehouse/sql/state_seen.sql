-- The ids that were recorded lately, but for those that imports derived (version 8): the lake drops their repeats.
SELECT coalesce(customer, 0), coalesce(session, 0), CAST(id AS VARCHAR), type, epoch_ms(occurred_at), epoch_ms(recorded_at)
FROM lake
WHERE recorded_at >= epoch_ms({{.Since}}) AND uuid_extract_version(id) <> 8 AND type IN ({{.Types}})
ORDER BY position
