-- The reject report. The line at which a row begins is its number among the rows and the malformed lines, past the header
-- and the line breaks inside the rows before it. The CSV reader numbers malformed lines so, without the line breaks.
COPY (
    WITH merged AS (
        SELECT s.file, s.n AS place, 0 AS malformed, coalesce(s.breaks, 0) AS breaks, s.n + f.header AS line, s.reason, s.row
        FROM staged s JOIN files f USING (file)
        WHERE s.reason IS NOT NULL OR s.breaks IS NOT NULL
        UNION ALL
        -- place: the number of the next row that is one
        SELECT m.file, m.line - f.header - row_number() OVER (PARTITION BY m.file ORDER BY m.line) + 1, 1, 0, m.line, 'malformed row', m.row
        FROM malformed m JOIN files f USING (file)
    ), counted AS (
        SELECT *, sum(malformed) OVER before AS malformed_before, sum(breaks) OVER before AS breaks_before
        FROM merged
        WINDOW before AS (PARTITION BY file ORDER BY place, malformed DESC, line ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    )
    SELECT f.path AS file, CAST(line + coalesce(breaks_before, 0) + CASE WHEN malformed = 0 THEN coalesce(malformed_before, 0) ELSE 0 END AS BIGINT) AS line,
           reason, row
    FROM counted JOIN files f USING (file)
    WHERE reason IS NOT NULL
    ORDER BY file, line
) TO {{text .Out}} (FORMAT csv, HEADER)
