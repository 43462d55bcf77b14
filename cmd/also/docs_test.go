package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"

	"also/internal/process"
)

// block is a fenced block of a document.
type block struct {
	line  int
	words []string // after the fence: the language, then what the test must know
	text  string
}

func (b block) is(words ...string) bool {
	return len(b.words) >= len(words) && slices.Equal(b.words[:len(words)], words)
}

// blocks returns the fenced blocks of a document, in order.
func blocks(t *testing.T, path string) []block {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []block
	inside := false
	for i, line := range strings.Split(string(text), "\n") {
		switch {
		case strings.HasPrefix(line, "```") && !inside:
			out = append(out, block{line: i + 1, words: strings.Fields(line[3:])})
			inside = true
		case strings.HasPrefix(line, "```"):
			inside = false
		case inside:
			out[len(out)-1].text += line + "\n"
		}
	}
	return out
}

// contract runs the examples of docs/graphql.md. A ```graphql block is an
// operation, by whom its second word says, and fails with the code that the
// third one is; `json variables` and `json answer` belong to it. An id that ends
// in … is the latest of its kind that an answer gave before, one that ends in …2
// the one before that; "…" is the latest without a kind. During a `json
// websocket busy` block somebody searches the shop.
type contract struct {
	t    *testing.T
	s    *process.Server
	ids  map[string][]string // by kind, the latest last
	jars map[string]*http.Client
}

var (
	elided = regexp.MustCompile(`(?:([A-Z]\w+)/)?…(2?)`)
	given  = regexp.MustCompile(`"id":"((?:([A-Z]\w+)/)?[^"/]+)"`)
	word   = regexp.MustCompile(`^[A-Z][A-Z_]+$`)
)

func TestTheContractByExample(t *testing.T) {
	c := &contract{t: t, s: openDemo(t), ids: map[string][]string{}, jars: map[string]*http.Client{}}
	all := blocks(t, "../../docs/graphql.md")
	ran := 0
	for i, b := range all {
		var vars, answer string
		for _, next := range all[i+1:] {
			if next.is("json", "variables") {
				vars = next.text
			} else if next.is("json", "answer") {
				answer = next.text
				break
			} else {
				break
			}
		}
		ran++
		switch {
		case b.is("graphql"):
			c.operation(b, vars, answer)
		case b.is("sh"):
			c.shell(b, answer)
		case b.is("json", "websocket"):
			c.socket(b)
		default:
			ran--
		}
	}
	if ran < 15 {
		t.Errorf("only %d examples were found", ran)
	}
}

func (c *contract) known(text string) string {
	return elided.ReplaceAllStringFunc(text, func(m string) string {
		part := elided.FindStringSubmatch(m)
		all, back := c.ids[part[1]], 1+len(part[2])
		if len(all) < back {
			c.t.Errorf("no answer gave %s", m)
			return m
		}
		return all[len(all)-back]
	})
}

// learn keeps the ids of an answer.
func (c *contract) learn(answer []byte) {
	for _, m := range given.FindAllSubmatch(answer, -1) {
		kind, id := string(m[2]), string(m[1])
		others := slices.DeleteFunc(c.ids[kind], func(known string) bool { return known == id })
		c.ids[kind] = append(others, id)
	}
}

func (c *contract) operation(b block, vars, shown string) {
	c.t.Helper()
	who, code := "visitor", ""
	if len(b.words) > 1 {
		who = b.words[1]
	}
	if len(b.words) > 2 {
		code = b.words[2]
	}
	body := map[string]any{"query": c.known(b.text)}
	if vars != "" {
		body["variables"] = json.RawMessage(c.known(vars))
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		c.t.Fatalf("line %d: %v", b.line, err)
	}
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.s.URL+"/graphql", bytes.NewReader(encoded))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	client := http.DefaultClient
	if who == "admin" {
		r.Header.Set("Authorization", "Bearer "+pathKey)
	} else {
		r.Header.Set("Origin", c.s.URL)
		if c.jars[who] == nil {
			jar, err := cookiejar.New(nil)
			if err != nil {
				c.t.Fatal(err)
			}
			c.jars[who] = &http.Client{Jar: jar}
		}
		client = c.jars[who]
	}
	resp, err := client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close()
	if err != nil {
		c.t.Fatal(err)
	}
	c.judge(b, got, code, shown)
}

func (c *contract) judge(b block, got []byte, code, shown string) {
	c.t.Helper()
	failed := bytes.Contains(got, []byte(`"errors":[`)) || regexp.MustCompile(`"userErrors":\[\{`).Match(got)
	if failed != (code != "") || code != "" && !bytes.Contains(got, []byte(code)) {
		c.t.Errorf("line %d: %s\n%s", b.line, b.text, got)
		return
	}
	c.learn(got)
	if shown == "" {
		return
	}
	var want, have any
	if err := json.Unmarshal([]byte(shown), &want); err != nil {
		c.t.Fatalf("line %d: the answer shown: %v", b.line, err)
	}
	if err := json.Unmarshal(got, &have); err != nil {
		c.t.Fatalf("line %d: %v in %s", b.line, err, got)
	}
	if where := differs(want, have, ""); where != "" {
		c.t.Errorf("line %d: the answer shown has another shape at %s:\n%s", b.line, where, got)
	}
}

// differs returns where a value lacks something of another's shape, or has
// another word where that has an enum's, "" if nowhere.
func differs(want, have any, at string) string {
	switch w := want.(type) {
	case nil:
		return ""
	case map[string]any:
		h, ok := have.(map[string]any)
		if !ok {
			return at + " (no object)"
		}
		for k, v := range w {
			if _, ok := h[k]; !ok {
				return at + "." + k
			}
			if where := differs(v, h[k], at+"."+k); where != "" {
				return where
			}
		}
	case []any:
		h, ok := have.([]any)
		if !ok || len(w) > 0 && len(h) == 0 {
			return at + " (no list, or an empty one)"
		}
		if len(w) > 0 {
			return differs(w[0], h[0], at+".0")
		}
	case string:
		if h, ok := have.(string); !ok || word.MatchString(w) && h != w {
			return fmt.Sprintf("%s (%v instead of %s)", at, have, w)
		}
	default:
		if fmt.Sprintf("%T", want) != fmt.Sprintf("%T", have) {
			return fmt.Sprintf("%s (%T)", at, have)
		}
	}
	return ""
}

func (c *contract) shell(b block, shown string) {
	c.t.Helper()
	cmd := exec.CommandContext(c.t.Context(), "bash", "-c", c.known(b.text))
	cmd.Env = append(os.Environ(), "ALSO="+c.s.URL, "KEY="+pathKey)
	var errs bytes.Buffer
	cmd.Stderr = &errs
	got, err := cmd.Output()
	if err != nil {
		c.t.Errorf("line %d: %v: %s%s", b.line, err, got, errs.String())
		return
	}
	code := ""
	if len(b.words) > 1 {
		code = b.words[1]
	}
	lines := bytes.Split(bytes.TrimSpace(got), []byte("\n"))
	c.judge(b, bytes.TrimPrefix(lines[len(lines)-1], []byte("data: ")), code, shown)
}

// search does what a visitor does, again and again until ctx ends.
func (c *contract) search(ctx context.Context) {
	const query = `{"query": "mutation { viewerEventsRecord(input: {events: [{type: SEARCH, query: \"jug\"}]}) { accepted } }"}`
	for ctx.Err() == nil {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, c.s.URL+"/graphql", strings.NewReader(query))
		if err != nil {
			c.t.Error(err)
			return
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Origin", c.s.URL)
		if resp, err := http.DefaultClient.Do(r); err == nil {
			_ = resp.Body.Close() // nothing is read from it
		}
		select {
		case <-ctx.Done():
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// socket sends the lines that begin with > and expects those with <, by their
// type; before "complete" may come more of "next".
func (c *contract) socket(b block) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), 60*time.Second)
	defer cancel()
	if slices.Contains(b.words, "busy") {
		var busy sync.WaitGroup
		defer busy.Wait()
		defer cancel()
		busy.Go(func() { c.search(ctx) })
	}
	conn, _, err := websocket.Dial(ctx, c.s.URL+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = conn.CloseNow() }() // it may be closed
	for _, line := range strings.Split(strings.TrimSpace(b.text), "\n") {
		var m map[string]any
		text := line[2:]
		if line[0] == '>' {
			text = c.known(strings.ReplaceAll(text, "$KEY", pathKey))
		}
		if err := json.Unmarshal([]byte(text), &m); err != nil {
			c.t.Fatalf("line %d: %v in %s", b.line, err, line)
		}
		if line[0] == '>' {
			if err := wsjson.Write(ctx, conn, m); err != nil {
				c.t.Fatal(err)
			}
			continue
		}
		var got map[string]any
		for got == nil || got["type"] == "ping" || m["type"] == "complete" && got["type"] == "next" {
			if err := wsjson.Read(ctx, conn, &got); err != nil {
				c.t.Fatalf("line %d: %v instead of %s", b.line, err, line)
			}
		}
		if where := differs(m, got, ""); got["type"] != m["type"] || where != "" {
			c.t.Errorf("line %d: %v instead of %s (%s)", b.line, got, line, where)
		}
	}
}
