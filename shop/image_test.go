package shop

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestImagesReadWhatWasWrittenWhenThereWasOne(t *testing.T) {
	f := func(text string, want Images) {
		t.Helper()
		var p Product
		if err := json.Unmarshal([]byte(text), &p); err != nil || !reflect.DeepEqual(p.Images, want) {
			t.Errorf("%s: %+v, %v, want %+v", text, p.Images, err, want)
		}
	}
	f(`{}`, nil)
	f(`{"image": null}`, nil)
	f(`{"image": "/a.png"}`, Images{{URL: "/a.png"}})
	f(`{"image": [{"url": "/a.png", "alt": "from above"}, {"url": "/b.png"}]}`, Images{{"/a.png", "from above"}, {"/b.png", ""}})

	b, err := json.Marshal(Product{Images: Images{{"/a.png", ""}}})
	var back Product
	if err != nil || json.Unmarshal(b, &back) != nil || !reflect.DeepEqual(back.Images, Images{{"/a.png", ""}}) {
		t.Errorf("%s reads as %+v, %v", b, back.Images, err)
	}
	if err := json.Unmarshal([]byte(`{"image": 7}`), &back); err == nil {
		t.Error("a number is taken for pictures")
	}
}
