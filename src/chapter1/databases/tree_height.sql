CREATE TABLE users (email text UNIQUE);
INSERT INTO users SELECT 'u' || n || '@example.com' FROM generate_series(1, 200000) AS n;
CREATE EXTENSION pageinspect;

-- --8<-- [start:levels]
SELECT btpo_level AS level, count(*) AS pages
FROM bt_multi_page_stats('users_email_key', 1, -1) -- (1)!
GROUP BY level ORDER BY level DESC;
-->  level | pages
--> -------+-------
-->      2 |     1
-->      1 |    12
-->      0 |  1727
--> (3 rows)
-- --8<-- [end:levels]
