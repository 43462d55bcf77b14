{{- /* The version 8 UUID of a SHA-256 in hexadecimal: shop.DerivedUUID in SQL. (translate() takes twice as long.) */ -}}
CAST(substr({{.}}, 1, 12) || '8' || substr({{.}}, 14, 3) || substr('89ab89ab89ab89ab', strpos('0123456789abcdef', substr({{.}}, 17, 1)), 1) || substr({{.}}, 18, 15) AS UUID)
{{- /**/ -}}
