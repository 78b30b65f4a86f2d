CREATE TABLE users (id integer PRIMARY KEY, username text);
INSERT INTO users VALUES (1, 'ada'), (2, 'ada');

-- --8<-- [start:concurrently]
BEGIN;
CREATE INDEX CONCURRENTLY users_username ON users (username);
--> ERROR:  CREATE INDEX CONCURRENTLY cannot run inside a transaction block
ROLLBACK;

CREATE UNIQUE INDEX CONCURRENTLY users_username ON users (username);
--> ERROR:  could not create unique index "users_username"
--> DETAIL:  Key (username)=(ada) is duplicated.
SELECT indexrelid::regclass AS index, indisvalid FROM pg_index
WHERE NOT indisvalid;
-->      index      | indisvalid
--> ----------------+------------
-->  users_username | f
--> (1 row)
-- --8<-- [end:concurrently]
