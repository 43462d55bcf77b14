{{- /* Whether a RETURN is a line of a cancelled order: shop.Event.Cancellation. It gives stock back. */ -}}
(type = 'RETURN' AND source = 'shop' AND order_id IS NOT NULL)
{{- /**/ -}}
