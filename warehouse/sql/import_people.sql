CREATE TABLE people AS SELECT unnest(CAST($1 AS VARCHAR[])) AS customer, unnest(CAST($2 AS BIGINT[])) AS user
