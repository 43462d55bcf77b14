-- The sessions that signed in as a customer.
SELECT DISTINCT session FROM lake
WHERE type = 'SESSION_JOINED' AND customer = {{.Customer}} AND session IS NOT NULL
ORDER BY session
