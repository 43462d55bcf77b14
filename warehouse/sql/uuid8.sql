{{- /* The version 8 UUID of a SHA-256 in hexadecimal: shop.DerivedUUID in SQL. */ -}}
CAST(substr({{.}}, 1, 12) || '8' || substr({{.}}, 14, 3) || translate(substr({{.}}, 17, 1), '0123456789abcdef', '89ab89ab89ab89ab') || substr({{.}}, 18, 15) AS UUID)
{{- /**/ -}}
