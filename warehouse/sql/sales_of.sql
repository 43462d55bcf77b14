-- How many lines of orders placed here, and of their being cancelled, are the users'.
SELECT count(*) FROM read_parquet({{texts .Files}}, hive_partitioning = false)
WHERE customer IN ({{.Users}}) OR session IN ({{.Users}})
