CREATE TEMP TABLE weights AS FROM (VALUES {{.Rows}}) AS t(type, w, b, star)
