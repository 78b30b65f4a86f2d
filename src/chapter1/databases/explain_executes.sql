CREATE TABLE users (id integer PRIMARY KEY, email text);
INSERT INTO users VALUES (1, 'ada@example.com'), (2, 'grace@example.com');

-- --8<-- [start:executes]
BEGIN;
EXPLAIN (ANALYZE, COSTS OFF, BUFFERS OFF, TIMING OFF, SUMMARY OFF)
DELETE FROM users;
-->                      QUERY PLAN
--> ----------------------------------------------------
-->  Delete on users (actual rows=0.00 loops=1)
-->    ->  Seq Scan on users (actual rows=2.00 loops=1)
--> (2 rows)
SELECT count(*) FROM users;
-->  count
--> -------
-->      0
--> (1 row)
ROLLBACK;
SELECT count(*) FROM users;
-->  count
--> -------
-->      2
--> (1 row)
-- --8<-- [end:executes]
