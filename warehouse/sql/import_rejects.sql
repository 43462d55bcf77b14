-- The reject report. A row's line is its number, past the header, the line breaks inside earlier rows and the malformed
-- lines before it.
COPY (
    WITH rows AS (
        SELECT s.file, s.reason, s.row,
               s.n + f.header + coalesce(sum(s.breaks) OVER (PARTITION BY s.file ORDER BY s.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS line
        FROM staged s JOIN files f USING (file)
        WHERE s.reason IS NOT NULL OR s.breaks IS NOT NULL
    ), merged AS (
        SELECT file, line, 0 AS malformed, reason, row FROM rows WHERE reason IS NOT NULL
        UNION ALL
        SELECT file, line - row_number() OVER (PARTITION BY file ORDER BY line) + 1, 1, NULL, NULL FROM malformed
    ), shifted AS (
        SELECT file, line + sum(malformed) OVER (PARTITION BY file ORDER BY line, malformed DESC ROWS UNBOUNDED PRECEDING) AS line, malformed, reason, row
        FROM merged
    )
    SELECT f.path AS file, CAST(line AS BIGINT) AS line, reason, row FROM shifted JOIN files f USING (file) WHERE malformed = 0
    UNION ALL
    SELECT f.path, m.line, 'malformed row', m.row FROM malformed m JOIN files f USING (file)
    ORDER BY ALL
) TO {{text .Out}} (FORMAT csv, HEADER)
