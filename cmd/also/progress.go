package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"
)

// progress tells on stderr how far a command is: on one line that it writes
// again and again where somebody looks, else on a line every few seconds.
type progress struct {
	live bool
	last time.Time
	text string
}

// progressEvery is how often a line is written where nobody looks.
const progressEvery = 5 * time.Second

func newProgress() *progress {
	info, err := os.Stderr.Stat()
	return &progress{live: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// say tells where the command is.
func (p *progress) say(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	now := time.Now()
	if text == p.text || p.live && now.Sub(p.last) < 50*time.Millisecond || !p.live && now.Sub(p.last) < progressEvery {
		return
	}
	p.last, p.text = now, text
	if p.live {
		fmt.Fprintf(os.Stderr, "\r\x1b[K%s", text)
		return
	}
	fmt.Fprintln(os.Stderr, text)
}

// done takes the line away.
func (p *progress) done() {
	if p.live && p.text != "" {
		fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
}

// printJSON prints a result as one line of JSON.
func printJSON(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Printf("%s\n", b)
	return err
}
