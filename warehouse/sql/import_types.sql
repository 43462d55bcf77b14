SELECT type, count(*) FROM chunk GROUP BY type ORDER BY type
