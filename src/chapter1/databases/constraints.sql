-- --8<-- [start:refused]
CREATE TABLE accounts (
    owner text PRIMARY KEY,
    balance integer NOT NULL CONSTRAINT never_negative CHECK (balance >= 0)
);
CREATE TABLE transfers (
    payee text NOT NULL CONSTRAINT payee_exists REFERENCES accounts,
    amount integer NOT NULL
);
INSERT INTO accounts VALUES ('ada', 100);

UPDATE accounts SET balance = balance - 180 WHERE owner = 'ada';
--> ERROR:  new row for relation "accounts" violates check constraint "never_negative"
--> DETAIL:  Failing row contains (ada, -80).
INSERT INTO transfers VALUES ('charles', 30);
--> ERROR:  insert or update on table "transfers" violates foreign key constraint "payee_exists"
--> DETAIL:  Key (payee)=(charles) is not present in table "accounts".
SELECT owner, balance FROM accounts;
-->  owner | balance
--> -------+---------
-->  ada   |     100
--> (1 row)
-- --8<-- [end:refused]
