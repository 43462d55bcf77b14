package warehouse

import (
	"bytes"
	"encoding/json"
	"testing"
)

func FuzzLineSurvivesARoundTrip(f *testing.F) {
	f.Add(int64(1), 2, int64(0), "p07", "1-0", int64(5), []byte(`{"events":[{"a":"]\"}"},[1,2]],"control":[{"name":"x","value":null}]}`))
	f.Add(int64(9), 0, int64(77), "shop", "000-1", int64(0), []byte(`{}`))
	f.Add(int64(1), 1, int64(0), "a\"b", "1", int64(0), []byte(`{"events":[1]} `))
	f.Fuzz(func(t *testing.T, first int64, events int, batch int64, outbox, id string, at int64, body []byte) {
		e := Entry{Outbox: outbox, ID: id, Events: events, Body: body}
		compact, err := checkEntry(e)
		if err != nil || first < 0 || batch < 0 || at < 0 {
			return
		}
		h := lineHead{First: Position(first), Events: events, Batch: batch, Outbox: outbox, ID: id, At: at}
		line := appendLine([]byte("before"), h, compact)[len("before"):]
		if bytes.IndexByte(line, '\n') != len(line)-1 || !json.Valid(line) {
			t.Fatalf("not one line of JSON: %q", line)
		}
		line = line[:len(line)-1]
		if got, ok := parseLine(line); !ok || got != h {
			t.Fatalf("parsed %+v, %t, want %+v", got, ok, h)
		}
		if got := lineBody(line); !bytes.Equal(got, compact) {
			t.Fatalf("the body is %q, want %q", got, compact)
		}
		for i := range line { // no changed byte goes unnoticed
			line[i] ^= 0x11
			if got, ok := parseLine(line); ok {
				t.Fatalf("byte %d changed, and the line passes as %+v", i, got)
			}
			line[i] ^= 0x11
		}
	})
}

func FuzzCountEvents(f *testing.F) {
	for _, s := range []string{`{}`, `{"events":[]}`, `{"events":[{},{}]}`, `{"control":[1],"events":["a,b","]",[1,2],{"x":[",\\"]}]}`, `[]`, `{"events":{}}`, `{"p":1}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		var b bytes.Buffer
		if json.Compact(&b, body) != nil {
			return
		}
		n, err := countEvents(b.Bytes())
		if err != nil {
			return
		}
		var want struct {
			Events []json.RawMessage `json:"events"`
		}
		if err := json.Unmarshal(b.Bytes(), &want); err != nil || n < len(want.Events) || n > len(want.Events) && bytes.Count(b.Bytes(), []byte(`"events":[`)) < 2 {
			t.Fatalf("%s: counted %d events, %v, want %d", b.Bytes(), n, err, len(want.Events))
		}
	})
}

// FuzzParseLine: whatever a damaged disk holds, reading it does not panic, and
// what passes as whole is.
func FuzzParseLine(f *testing.F) {
	f.Add(appendLine(nil, lineHead{First: 1, Events: 1, Outbox: "shop", ID: "1-0"}, []byte(`{"events":[1]}`)))
	f.Add([]byte(`{"crc":"00000000","p":99999999999999999999`))
	f.Fuzz(func(t *testing.T, line []byte) {
		line = bytes.TrimSuffix(line, []byte("\n"))
		if h, ok := parseLine(line); ok && (h.First < 0 || h.Events < 0 || h.Batch < 0) {
			t.Fatalf("%q passes as %+v", line, h)
		}
	})
}

func TestLaterID(t *testing.T) {
	f := func(a, b string, want bool) {
		t.Helper()
		if got := laterID(a, b); got != want {
			t.Errorf("laterID(%q, %q) = %t", a, b, got)
		}
	}
	f("1", "", true)
	f("", "", false)
	f("", "1", false)
	f("2", "1", true)
	f("1", "1", false)
	f("10", "9", true)
	f("9", "10", false)
	f("10-0", "9-99", true)
	f("9-10", "9-9", true)
	f("9-9", "9-10", false)
	f("9-1", "9", true)
	f("000000000000009-0000000010", "000000000000009-0000000009", true)
	f("000000000000010-0000000000", "000000000000009-0000000009", true)
}
