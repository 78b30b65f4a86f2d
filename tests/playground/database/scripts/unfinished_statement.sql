SELECT 1 AS finished;
SELECT 3 AS unfinished
