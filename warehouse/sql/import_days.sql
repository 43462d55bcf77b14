-- How many rows of each day can be taken.
SELECT CAST(day AS VARCHAR), count(*) FROM staged WHERE reason IS NULL GROUP BY day ORDER BY day
