-- Who the sessions turned out to be, and who was forgotten: up to a position.
CREATE OR REPLACE TEMP TABLE joined AS
SELECT session, arg_max(customer, position) AS customer
FROM lake
WHERE type = 'SESSION_JOINED' AND session IS NOT NULL AND customer IS NOT NULL AND position <= {{.Through}}
GROUP BY session;

CREATE OR REPLACE TEMP TABLE forgotten AS
SELECT customer AS user, max(position) AS position
FROM lake
WHERE type = 'CUSTOMER_DELETED' AND customer IS NOT NULL AND position <= {{.Through}}
GROUP BY customer
