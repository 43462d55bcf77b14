{{- /* The number of a session whose SHA-256, as shop.DerivedUUID takes it, is given in hexadecimal: shop.SessionUserID in SQL. NULL for none. */ -}}
CAST(CAST('0x' || substr({{.}}, 31, 2) || substr({{.}}, 29, 2) || substr({{.}}, 11, 2) || substr({{.}}, 9, 2) || substr({{.}}, 7, 2) || substr({{.}}, 5, 2) || substr({{.}}, 3, 2) || substr({{.}}, 1, 2) AS UBIGINT) >> 1 AS BIGINT) | 1
{{- /**/ -}}
