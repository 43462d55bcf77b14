package warehouse

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"math"
	"strconv"
	"strings"
	"time"

	"also/shop"
)

// A line of the journal is one JSON object that begins with these keys, in
// this order and without spaces, so that they can be read without decoding
// the rest:
//
//	{"crc":"8 hex digits","p":1,"n":2,"b":0,"o":"p07","i":"17-0","at":1664582400000,"events":[…],"control":[…]}
//
// crc is the CRC-32C of everything from "p" on. b is the offset in the segment of the first line that was
// written by the same write: lines of one write may be lost in any combination until it is synced, and
// b tells such a loss from damage to what was safe.
type lineHead struct {
	First  Position // p
	Events int      // n
	Batch  int64    // b
	Outbox string   // o; empty in a line that only proves that the disk works
	ID     string   // i
	At     int64    // at, milliseconds
}

// maxBody keeps a line below the 16 MB that DuckDB's JSON reader takes.
const maxBody = 15 << 20

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

const crcPrefix = `{"crc":"`

// lineCRC returns the beginning of a line whose rest is given.
func lineCRC(rest []byte) (crc [headLen]byte) {
	n := copy(crc[:], crcPrefix)
	sum := crc32.Checksum(rest, castagnoli)
	hex.Encode(crc[n:], []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)})
	copy(crc[n+8:], `",`)
	return crc
}

// headLen is the length of {"crc":"xxxxxxxx", before the part that crc covers.
const headLen = len(crcPrefix) + 8 + len(`",`)

// appendLine appends the line of an entry, with its line feed, to dst.
func appendLine(dst []byte, h lineHead, body []byte) []byte {
	start := len(dst)
	dst = append(dst, `{"crc":"00000000","p":`...)
	dst = strconv.AppendInt(dst, int64(h.First), 10)
	dst = append(dst, `,"n":`...)
	dst = strconv.AppendInt(dst, int64(h.Events), 10)
	dst = append(dst, `,"b":`...)
	dst = strconv.AppendInt(dst, h.Batch, 10)
	dst = append(dst, `,"o":"`...)
	dst = append(dst, h.Outbox...)
	dst = append(dst, `","i":"`...)
	dst = append(dst, h.ID...)
	dst = append(dst, `","at":`...)
	dst = strconv.AppendInt(dst, h.At, 10)
	if len(body) > len(`{}`) {
		dst = append(dst, ',')
		dst = append(dst, body[1:]...)
	} else {
		dst = append(dst, '}')
	}
	crc := lineCRC(dst[start+headLen:])
	copy(dst[start:], crc[:])
	return append(dst, '\n')
}

// lineBody returns a copy of the body of a line that parseLine found whole.
func lineBody(line []byte) []byte {
	p := headParser{rest: line[headLen:]}
	p.number(`"p":`)
	p.number(`,"n":`)
	p.number(`,"b":`)
	p.text(`,"o":"`)
	p.text(`,"i":"`)
	p.number(`,"at":`)
	body := append([]byte{'{'}, p.rest...)
	if len(body) > len(`{}`) {
		body = append(body[:1], body[2:]...) // the comma
	}
	return body
}

// parseLine reads the head of a line without its line feed, and reports
// whether the line is whole.
func parseLine(line []byte) (h lineHead, ok bool) {
	if len(line) < headLen || lineCRC(line[headLen:]) != [headLen]byte(line) {
		return h, false
	}
	p := headParser{rest: line[headLen:]}
	h.First = Position(p.number(`"p":`))
	h.Events = int(p.number(`,"n":`))
	h.Batch = p.number(`,"b":`)
	h.Outbox = p.text(`,"o":"`)
	h.ID = p.text(`,"i":"`)
	h.At = p.number(`,"at":`)
	return h, !p.bad
}

// headParser reads keys and values in their known order.
type headParser struct {
	rest []byte
	bad  bool
}

func (p *headParser) key(k string) {
	if p.bad || len(p.rest) < len(k) || string(p.rest[:len(k)]) != k {
		p.bad = true
		return
	}
	p.rest = p.rest[len(k):]
}

func (p *headParser) number(k string) int64 {
	p.key(k)
	var n int64
	i := 0
	for ; !p.bad && i < len(p.rest) && p.rest[i] >= '0' && p.rest[i] <= '9'; i++ {
		if n > (math.MaxInt64-9)/10 {
			p.bad = true
		}
		n = n*10 + int64(p.rest[i]-'0')
	}
	if i == 0 {
		p.bad = true
		return 0
	}
	p.rest = p.rest[i:]
	return n
}

func (p *headParser) text(k string) string {
	p.key(k)
	if p.bad {
		return ""
	}
	i := bytes.IndexByte(p.rest, '"')
	if i < 0 {
		p.bad = true
		return ""
	}
	s := string(p.rest[:i])
	p.rest = p.rest[i+1:]
	return s
}

// checkEntry reports an entry that no line could hold faithfully, and returns
// its body without spaces and line feeds.
func checkEntry(e Entry) ([]byte, error) {
	bad := func(format string, args ...any) error {
		return shop.Errorf(shop.BadUserInput, "", "entry %s/%s: %s", e.Outbox, e.ID, fmt.Sprintf(format, args...))
	}
	if !plain(e.Outbox) || !plain(e.ID) {
		return nil, bad("outbox and id must be short texts without quotes")
	}
	var body bytes.Buffer
	if err := json.Compact(&body, e.Body); err != nil {
		return nil, bad("the body is not JSON: %v", err)
	}
	if body.Len() > maxBody {
		return nil, bad("the body has %d bytes, more than %d", body.Len(), maxBody)
	}
	n, err := countEvents(body.Bytes())
	if err != nil {
		return nil, bad("%v", err)
	}
	if n != e.Events {
		return nil, bad("the body holds %d events, not %d", n, e.Events)
	}
	return body.Bytes(), nil
}

func plain(s string) bool {
	return s != "" && len(s) <= 200 && strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' || r == '"' || r == '\\' }) < 0
}

// countEvents counts the elements of "events" in a compact body, whose only
// keys may be "events" and "control", both arrays.
func countEvents(body []byte) (int, error) {
	rest := body
	if len(rest) < 2 || rest[0] != '{' {
		return 0, fmt.Errorf("the body is not an object")
	}
	n := 0
	for rest = rest[1:]; rest[0] != '}'; {
		isEvents := bytes.HasPrefix(rest, []byte(`"events":[`))
		if !isEvents && !bytes.HasPrefix(rest, []byte(`"control":[`)) {
			return 0, fmt.Errorf("the body may hold arrays of events and control only")
		}
		rest = rest[bytes.IndexByte(rest, '['):]
		k, end := countElements(rest)
		if isEvents {
			n += k
		}
		if rest = rest[end:]; rest[0] == ',' {
			rest = rest[1:]
		}
	}
	return n, nil
}

// countElements counts the elements of the valid, compact JSON array that a
// begins with and returns where it ends.
func countElements(a []byte) (n, end int) {
	depth, inText := 0, false
	for i := 0; i < len(a); i++ {
		switch c := a[i]; {
		case inText && c == '\\':
			i++
		case c == '"':
			inText = !inText
		case inText:
		case c == '[' || c == '{':
			depth++
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				if i > 1 {
					n++ // the last one has no comma after it
				}
				return n, i + 1
			}
		case c == ',' && depth == 1:
			n++
		}
	}
	return n, len(a)
}

// laterID reports whether a comes after b in an outbox: ids are numbers joined
// by dashes ("1664582400000-12"), or texts of one length. Every id is later than "".
func laterID(a, b string) bool {
	for a != b {
		if b == "" || a == "" {
			return a != ""
		}
		x, restA, _ := strings.Cut(a, "-")
		y, restB, _ := strings.Cut(b, "-")
		if len(x) != len(y) {
			return len(x) > len(y)
		}
		if x != y {
			return x > y
		}
		a, b = restA, restB
	}
	return false
}

func epochMillis(t time.Time) int64 { return max(t.UnixMilli(), 0) }
