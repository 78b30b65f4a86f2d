SELECT 1 AS finished;
SELECT 'unterminated;
