package commerce

import (
	"strings"
	"testing"

	"also/shop"
)

// Whatever is stored, reading it never panics, and what is accepted is the same when
// written again and of a cost that a server can bear.
func FuzzParseHash(f *testing.F) {
	for _, s := range []string{
		noPassword, "", "$", "$argon2id$v=19$m=65536,t=1,p=2$c2FsdHNhbHQ$", "$argon2i$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=4294967295,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=8,t=1,p=999$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		h, err := parseHash(s)
		if err != nil {
			if shop.CodeOf(err) != shop.Internal || s != "" && len(s) > 8 && strings.Contains(err.Error(), s) {
				t.Errorf("%q: error %v", s, err)
			}
			return
		}
		again, err := parseHash(h.String())
		if err != nil || again.String() != h.String() {
			t.Errorf("%q is read as %q, and that as %q: %v", s, h, again, err)
		}
		if uint64(h.memory)*uint64(h.time) > 10<<20 {
			t.Errorf("%q costs too much", s)
		}
	})
}

func TestParseHash(t *testing.T) {
	if h, err := parseHash(noPassword); err != nil || h.memory != argonMemory || h.time != argonTime || h.threads != argonThreads {
		t.Errorf("the hash of no password costs %+v: %v", h, err)
	}
	for _, s := range []string{"", "secret", "$argon2id$v=18$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=99999999,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA"} {
		if _, err := parseHash(s); shop.CodeOf(err) != shop.Internal {
			t.Errorf("%q: %v", s, err)
		}
	}
}
