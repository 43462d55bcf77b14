-- The shop's own ids of the customers that the rows name.
SELECT DISTINCT customer FROM staged WHERE reason IS NULL AND customer IS NOT NULL ORDER BY customer
