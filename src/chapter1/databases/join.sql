CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL);
CREATE TABLE orders (id bigint PRIMARY KEY, user_id bigint NOT NULL REFERENCES users, item text);
INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace'), (3, 'Linus');
INSERT INTO orders VALUES (10, 1, 'lamp'), (11, 1, 'chair'), (12, 2, 'desk');
-- --8<-- [start:join]
SELECT users.name, orders.item
FROM users JOIN orders ON orders.user_id = users.id
ORDER BY orders.id;
-->  name  | item
--> -------+-------
-->  Ada   | lamp
-->  Ada   | chair
-->  Grace | desk
--> (3 rows)

SELECT users.name, count(orders.id) AS orders  -- (1)!
FROM users LEFT JOIN orders ON orders.user_id = users.id
GROUP BY users.id, users.name
ORDER BY users.id;
-->  name  | orders
--> -------+--------
-->  Ada   |      2
-->  Grace |      1
-->  Linus |      0
--> (3 rows)
-- --8<-- [end:join]
