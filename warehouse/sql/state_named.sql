-- The latest state of each vendor or category that was not deleted.
SELECT arg_max(payload, position)
FROM lake
WHERE type IN ({{text .Saved}}, {{text .Deleted}})
GROUP BY sku
HAVING arg_max(type, position) = {{text .Saved}}
ORDER BY sku
