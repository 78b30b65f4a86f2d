CREATE TABLE schema_versions (
    version integer PRIMARY KEY,
    name text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);

-- An identity column never hands out a number twice. The maximum is what JavaScript can count to.
CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY (MAXVALUE 9007199254740991) PRIMARY KEY,
    username text NOT NULL CONSTRAINT users_username_key UNIQUE
        CONSTRAINT users_username_length CHECK (char_length(username) BETWEEN 3 AND 50),
    email text NOT NULL
        CONSTRAINT users_email_length CHECK (char_length(email) <= 254)
);

-- One address, one user, whatever its case.
CREATE UNIQUE INDEX users_email_key ON users (lower(email));
