-- How often a user has been written: its ETag, and what If-Match is compared with.
ALTER TABLE users ADD COLUMN version bigint NOT NULL DEFAULT 1;
