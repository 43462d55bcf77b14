package warehouse

import (
	"encoding/json"
	"reflect"
	"testing"

	"also/shop"
)

func TestImagesOfAnImport(t *testing.T) {
	quoted := func(text string) string {
		b, err := json.Marshal(text)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	f := func(text string, before shop.Images, want ...shop.Image) {
		t.Helper()
		if got := images(before, text); !reflect.DeepEqual(got, shop.Images(want)) {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	a, b := shop.Image{URL: "https://x.example/a.jpg?w=1,2"}, shop.Image{URL: "https://x.example/b.jpg"}
	f("", nil)
	f("[]", nil)
	f("null", nil)
	f(quoted(a.URL), nil, a)
	f(quoted("/own.png"), nil, shop.Image{URL: "/own.png"})
	f(quoted(a.URL+", "+b.URL), nil, a, b)
	f(quoted(a.URL+","+b.URL+" | "+a.URL), nil, a, b)
	f(quoted(" "+a.URL+"\n"+b.URL+" "), nil, a, b)
	f(`["https://x.example/b.jpg", null, "", "/own.png"]`, nil, b, shop.Image{URL: "/own.png"})

	said := shop.Images{{URL: b.URL, Alt: "from behind"}}
	f("", said, said...)
	f(quoted(a.URL+" "+b.URL), said, a, said[0])
}
