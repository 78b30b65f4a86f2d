\d
\dt
\di
\dv
\dn
\du
\df
\ds
CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, email varchar(40) UNIQUE, age int CHECK (age > 0) DEFAULT 3, tags text[] DEFAULT '{}', score numeric(10,2), c text COLLATE "C", low text GENERATED ALWAYS AS (lower(name)) STORED, s serial);
CREATE TABLE orders (id int PRIMARY KEY, user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE, item text DEFAULT 'x', CONSTRAINT pos CHECK (id > 0));
CREATE INDEX orders_user ON orders (user_id) WHERE id > 5;
CREATE INDEX low ON users USING hash (low);
CREATE VIEW v AS SELECT id, name FROM users;
CREATE MATERIALIZED VIEW mv AS SELECT 1 AS one;
CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS int LANGUAGE sql AS 'select 1';
CREATE FUNCTION tf() RETURNS trigger LANGUAGE plpgsql AS 'begin return new; end';
CREATE TRIGGER tr BEFORE INSERT ON orders FOR EACH ROW EXECUTE FUNCTION tf();
CREATE TYPE mood AS ENUM ('sad','ok');
CREATE UNLOGGED TABLE un (a int, EXCLUDE USING btree (a WITH =));
CREATE TABLE parts (a int, b int, UNIQUE (a,b)) PARTITION BY RANGE (a);
CREATE TABLE parts1 PARTITION OF parts FOR VALUES FROM (1) TO (10);
CREATE TABLE empty ();
\d
\dt
\di
\dv
\ds
\df
\d users
\d orders
\d v
\d mv
\d un
\d parts
\d parts1
\d empty
\d users_pkey
\d orders_user
\d users_id_seq
\d users_s_seq
\d nope
\dt nope
\dt us*
\d u*
\dT
\dn
\df f
\dt public.*
\d public.orders
\foo
\x
SELECT 1 AS a, E'x\ny' AS b;
\x
