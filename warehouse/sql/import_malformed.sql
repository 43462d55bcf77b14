-- The lines that the CSV reader left out.
SELECT s.file_path, e.line, min(e.csv_line)
FROM reject_errors e JOIN reject_scans s USING (scan_id, file_id)
GROUP BY s.file_path, e.line
ORDER BY s.file_path, e.line
