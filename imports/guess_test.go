package imports

import (
	"maps"
	"testing"
)

// What shops' exports look like: the heads are theirs, the rows are made up.
var exports = []struct {
	name, content string
	kind          Kind
	currency      bool
	want          map[string]string
}{
	{"a shop system's products", "Handle,Title,Body (HTML),Vendor,Type,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Status\n" +
		"tea-kettle,Tea kettle,<p>Boils.</p>,Nørd,Kettles,K-1,4,39.90,https://shop.example/k.jpg,active\n", Products, true, map[string]string{
		"sku": `"Variant SKU"`, "name": `"Title"`, "description": `"Body (HTML)"`, "vendor": `"Vendor"`, "category": `"Type"`, "price": `"Variant Price"`,
		"stock": `"Variant Inventory Qty"`, "image": `"Image Src"`, "status": `upper("Status")`,
	}},
	{"a price list with decimal commas", "Artikelnummer;Bezeichnung;Hersteller;Preis;Bestand\n1;Kanne;Nørd;1.234,50;3\n2;Tasse;Nørd;4,00;7\n", Products, true, map[string]string{
		"sku": `"Artikelnummer"`, "name": `"Bezeichnung"`, "vendor": `"Hersteller"`, "stock": `"Bestand"`,
		"price": `replace(replace(regexp_replace("Preis", '[^0-9,.-]', '', 'g'), '.', ''), ',', '.')`,
	}},
	{"a state's price list", "Item Number,Item Description,Vendor,Vendor Name,Category,Category Name,Bottle Volume (ml),State Bottle Cost,State Bottle Retail,List Date\n" +
		"10008,Scotch,65,Jim Beam,1012200,SCOTCH,1000,5.33,8.00,2022-05-01\n", Products, true, map[string]string{
		"sku": `"Item Number"`, "name": `"Item Description"`, "vendor": `"Vendor Name"`, "category": `"Category Name"`, "price": `"State Bottle Retail"`, "listedAt": `"List Date"`,
	}},
	{"prices with their sign and currency", "sku,name,price,currency,qty\nA,Cup,$4.50,usd,3\nB,Pot,\"$1,204.50\",USD,0\n", Products, false, map[string]string{
		"sku": `"sku"`, "name": `"name"`, "price": `regexp_replace("price", '[^0-9.-]', '', 'g')`, "currency": `"currency"`, "stock": `"qty"`,
	}},
	{"invoices with returns", "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n" +
		"536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\nC536379,D,Discount,-1,12/13/2010 9:41,27.5,14527,United Kingdom\n", Events, true, map[string]string{
		"sku": `"StockCode"`, "customer": `"CustomerID"`, "order": `"InvoiceNo"`, "price": `"UnitPrice"`,
		"occurredAt": `try_strptime("InvoiceDate", '%m/%d/%Y %H:%M')`, "quantity": `abs(TRY_CAST("Quantity" AS DOUBLE))`,
		"type": `CASE WHEN TRY_CAST("Quantity" AS DOUBLE) < 0 THEN 'RETURN' ELSE 'PURCHASE' END`,
	}},
	{"clicks with seconds of a clock", "timestamp,visitorid,event,itemid,transactionid\n1433221332117,257597,view,355908,\n1433224214164,992329,addtocart,248676,\n1433222276276,111016,transaction,318965,7\n", Events, false, map[string]string{
		"occurredAt": `to_timestamp(TRY_CAST("timestamp" AS BIGINT) / 1000)`, "session": `"visitorid"`, "sku": `"itemid"`, "order": `"transactionid"`,
		"type": `CASE lower(trim("event")) WHEN 'addtocart' THEN 'CART_ADD' WHEN 'transaction' THEN 'PURCHASE' WHEN 'view' THEN 'PRODUCT_VIEW' END`,
	}},
	{"orders of an API", "ordered_at,customer_id,product_id,quantity,unit_price,currency,order_id,event_id\n2026-01-01T10:00:00Z,c1,A,1,4.50,EUR,o1,e1\n", Events, false, map[string]string{
		"occurredAt": `"ordered_at"`, "customer": `"customer_id"`, "sku": `"product_id"`, "quantity": `"quantity"`, "price": `"unit_price"`, "currency": `"currency"`,
		"order": `"order_id"`, "id": `"event_id"`,
	}},
	{"customers", "Customer ID,Full Name,E-mail,City\n1,Ada,ada@example.com,Bath\n", Customers, false, map[string]string{
		"customer": `"Customer ID"`, "name": `"Full Name"`, "email": `"E-mail"`,
	}},
}

func TestGuesses(t *testing.T) {
	f := newFixture(t)
	for _, e := range exports {
		id := f.sends("export.csv", e.content)
		p, err := f.Preview(f.ctx, id, "", 5)
		if err != nil {
			t.Errorf("%s: %v", e.name, err)
			continue
		}
		if p.Kind != e.kind || p.CurrencyNeeded != e.currency || !maps.Equal(p.Map, e.want) {
			t.Errorf("%s: %s, currency needed %t\n got %q\nwant %q", e.name, p.Kind, p.CurrencyNeeded, p.Map, e.want)
			continue
		}
		// What is guessed can be imported as it is, but for the currency, and every row is taken.
		in := StartInput{Upload: id, Kind: p.Kind, Map: p.Map}
		if p.CurrencyNeeded {
			in.Currency = "EUR"
		}
		i := f.starts(in)
		stop := f.work()
		if i = f.wait(i.ID); i.State != Done || i.Rejected != 0 || i.Accepted == 0 {
			t.Errorf("%s: %+v, rejects %q", e.name, i, f.rejects(i.ID))
		}
		stop()
	}
}

func TestColumnTypes(t *testing.T) {
	for want, values := range map[ColumnType][]string{
		IntegerColumn: {"1", "-20"}, DecimalColumn: {"1.5", "2", ".5"}, TimeColumn: {"2026-01-01", "2026-01-01 10:00:00"}, EmailColumn: {"a@example.com"},
		TextColumn: {"1", "x"}, EmptyColumn: {},
	} {
		if got := shapeOf(values).kind; got != want {
			t.Errorf("%q looks like %s, want %s", values, got, want)
		}
	}
}
