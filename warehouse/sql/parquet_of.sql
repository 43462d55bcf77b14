-- Which files hold events of the users.
SELECT DISTINCT filename FROM read_parquet({{texts .Files}}, hive_partitioning = false, filename = true)
WHERE customer IN ({{.Users}}) OR session IN ({{.Users}})
