SELECT 1 AS number, 'text' AS text, NULL AS nothing, true AS yes, 1.50 AS numeric, now() IS NULL AS no;
SELECT 'x' AS "a long header", 12345678901 AS n;
SELECT;
SELECT WHERE false;
SELECT 1 WHERE false;
SELECT 1 AS a UNION ALL SELECT 22 ORDER BY a DESC;
SELECT E'one\ntwo' AS lines, 'b' AS b, E'x\ny\nz' AS last;
SELECT E'one\ntwo' AS lines, 5 AS b;
SELECT 1 AS "head
er", 2 AS b;
SELECT '日本語' AS wide, 'é' AS accent, '👍' AS emoji, 'a' AS a UNION ALL SELECT 'x', 'yy', 'z', 'b';
SELECT E'a\tb' AS tab, E'a\rb' AS return, E'\x01' AS control;
SELECT ARRAY[1,2] AS a, '{"a": 1}'::jsonb AS j, '2024-01-01'::date AS d, '1 day'::interval AS i, '\xdead'::bytea AS b;
SELECT 1::oid, 2::int2, 3::float4, 4::float8, 5::money, '6'::xid, '7'::"char", 8::bigint;
SELECT 'it''s; here' AS a; SELECT $$a;b$$ AS b; SELECT $x$ $$ ; $x$ AS c;
SELECT E'\';' AS d; SELECT "a;b" FROM (SELECT 1 AS "a;b") AS x;
SELECT 1 /* ; /* nested ; */ */ AS e; -- ; SELECT 2
SELECT (1
  + 2) -- a comment; with a semicolon
  AS f;
VALUES (1, 'a'), (2, 'b');
TABLE pg_collation LIMIT 0;
\echo hello 'to  you'
\x
SELECT 1 AS a, 'text' AS long_name, NULL AS n;
SELECT 1 AS a, E'x\ny' AS b UNION ALL SELECT 2, 'z';
SELECT generate_series(1, 12) AS n, 'some longer text here' AS t LIMIT 11;
SELECT 1 WHERE false;
\x
\pset null '(null)'
SELECT NULL AS n, 1 AS a;
SELECT 1 AS a \gx
SELECT 2 AS a \g
