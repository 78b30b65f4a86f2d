-- --8<-- [start:repeated]
CREATE TABLE users (  -- (1)!
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,  -- (2)!
    name text NOT NULL  -- (3)!
);
INSERT INTO users (name) VALUES ('Ada'), ('Grace'), ('Linus');  -- (4)!

SELECT id, name FROM users LIMIT 2;  -- (5)!
-->  id | name
--> ----+-------
-->   1 | Ada
-->   2 | Grace
--> (2 rows)
UPDATE users SET name = 'Ada Lovelace' WHERE id = 1;  -- (6)!
SELECT id, name FROM users LIMIT 2 OFFSET 2;  -- (7)!
-->  id |     name
--> ----+--------------
-->   1 | Ada Lovelace
--> (1 row)
-- --8<-- [end:repeated]

-- --8<-- [start:ordered]
SELECT id FROM users;
-->  id
--> ----
-->   2
-->   3
-->   1
--> (3 rows)
SELECT id, name FROM users ORDER BY id LIMIT 2 OFFSET 2;
-->  id | name
--> ----+-------
-->   3 | Linus
--> (1 row)
-- --8<-- [end:ordered]
