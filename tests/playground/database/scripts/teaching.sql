CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, age int);
CREATE TABLE orders (id int PRIMARY KEY, user_id bigint REFERENCES users, total numeric(8,2), at timestamptz);
INSERT INTO users (name, age) VALUES ('Ada', 36), ('Grace', 85), ('Linus', NULL) RETURNING id, name;
INSERT INTO orders SELECT n, 1 + n % 3, n * 1.5, '2026-01-01Z'::timestamptz + n * interval '1 day' FROM generate_series(1, 7) n;
INSERT INTO users (name) VALUES ('Ada') ON CONFLICT (name) DO UPDATE SET age = 37 RETURNING *;
INSERT INTO users (id, name) VALUES (9, 'x');
INSERT INTO users (name) VALUES (NULL);
INSERT INTO orders VALUES (1, 1, 1, now());
INSERT INTO orders VALUES (100, 100, 1, now());
INSERT INTO orders (id, total) VALUES (101, 12345678);
DELETE FROM users WHERE id = 1;
WITH totals AS (SELECT user_id, sum(total) AS total FROM orders GROUP BY user_id)
SELECT name, total, rank() OVER (ORDER BY total DESC), round(total / sum(total) OVER (), 3) AS share
FROM totals JOIN users ON users.id = user_id ORDER BY rank;
SELECT at, at AT TIME ZONE 'America/New_York' AS there, at::date, extract(dow FROM at) AS dow, age(at, '2026-01-01Z') FROM orders ORDER BY at LIMIT 2;
SELECT to_jsonb(users) FROM users ORDER BY id;
SELECT jsonb_pretty('{"a": [1, 2], "b": {"c": null}}'::jsonb);
SELECT ARRAY[[1,2],[3,4]], ROW(1, 'a', NULL), '[1,5)'::int4range, point(1,2), '10.0.0.1/8'::inet, gen_random_uuid() IS NULL, 'b'::char(3) || '|', B'101', '12:30'::time;
SELECT 1.0/3, 1e20::float8, 1e-7::float4, 'NaN'::float8, 'Infinity'::numeric, 0.1::float8 + 0.2, 10::bigint ^ 15, 7 / 2, -7 % 3, 1/3::real;
BEGIN;
SAVEPOINT a;
INSERT INTO users (name) VALUES ('Ada');
ROLLBACK TO a;
UPDATE users SET age = age + 1 WHERE age IS NOT NULL RETURNING name, age;
COMMIT;
BEGIN ISOLATION LEVEL SERIALIZABLE;
SHOW transaction_isolation;
SET LOCAL lock_timeout = '1s';
SHOW lock_timeout;
END;
MERGE INTO users USING (VALUES ('Ada', 1), ('Alan', 41)) AS new (name, age) ON users.name = new.name
WHEN MATCHED THEN UPDATE SET age = new.age WHEN NOT MATCHED THEN INSERT (name, age) VALUES (new.name, new.age) RETURNING merge_action(), users.name;
CREATE VIEW adults AS SELECT name FROM users WHERE age > 40;
SELECT * FROM adults ORDER BY 1;
CREATE FUNCTION fail(n int) RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  IF n < 0 THEN RAISE EXCEPTION 'negative: %', n USING HINT = 'Use a positive number.'; END IF;
  RETURN n / (n - 5);
END $$;
SELECT fail(-1);
SELECT fail(5);
SELECT fail(6);
CREATE FUNCTION bad() RETURNS int LANGUAGE sql AS $$
  SELECT nothing FROM users
$$;
CREATE FUNCTION worse() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETRUN 1; END $$;
SELECT name FROM users WHERE
  age >;
SELECT * FROM users u JOIN orders o ON u.id = o.user_id WHERE id = 1;
SELECT count(*) FROM users GROUP BY nme;
SELECT name, count(*) FROM users;
SELECT 'abc'::int, 2;
SELECT to_date('2026-13-01', 'YYYY-MM-DD');
INSERT INTO orders VALUES (200, 1, 'abc', now());
ALTER TABLE users ADD COLUMN email text NOT NULL;
ALTER TABLE users ADD COLUMN email text DEFAULT 'none';
ALTER TABLE users DROP COLUMN nothing;
DROP TABLE users;
DROP TABLE users CASCADE;
TRUNCATE orders;
EXPLAIN (COSTS OFF) SELECT * FROM orders WHERE id IN (1, 2) ORDER BY total LIMIT 1;
EXPLAIN SELECT 1;
CREATE INDEX CONCURRENTLY orders_at ON orders (at);
\d orders
VACUUM orders;
SELECT pg_try_advisory_lock(1), pg_typeof(1.5), version() ~ '^PostgreSQL 18';
SELECT string_agg(x, E'\n') AS lines, count(*) FROM (VALUES ('one'), ('two')) AS v (x);
SELECT relname FROM pg_class WHERE relname = 'pg_class';
SET client_min_messages = debug1;
CREATE TABLE noisy (a int PRIMARY KEY);
RESET client_min_messages;
SELECT current_user, current_schema, current_setting('TimeZone');
SELECT table_schema, table_type FROM information_schema.tables WHERE table_name = 'orders';
SELECT to_tsvector('english', 'The quick brown foxes') @@ to_tsquery('fox') AS found;
SELECT lower('ÄÖ'), upper('straße'), initcap('hello world'), length('日本'), 'a' < 'B' AS c, 'Z' < 'a' AS d, 'ä' > 'z' AS e;
