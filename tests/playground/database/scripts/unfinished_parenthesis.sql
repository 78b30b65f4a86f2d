SELECT 1 AS finished;
SELECT (1 + ;
SELECT 2;
