package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
)

// subscribe opens a WebSocket and subscribes to the visitor's home row.
func (s *site) subscribe(t *testing.T, headers http.Header, hello map[string]any, text string) (*websocket.Conn, error) {
	t.Helper()
	conn, _, err := websocket.Dial(t.Context(), s.url+"/graphql", &websocket.DialOptions{HTTPHeader: headers, Subprotocols: []string{"graphql-transport-ws"}})
	if err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = conn.CloseNow() }) // it may be closed
	send := func(v any) {
		t.Helper()
		if err := wsjson.Write(t.Context(), conn, v); err != nil {
			t.Fatal(err)
		}
	}
	send(map[string]any{"type": "connection_init", "payload": hello})
	if m := read(t, conn); m["type"] != "connection_ack" {
		t.Fatalf("no welcome: %v", m)
	}
	send(map[string]any{"type": "subscribe", "id": "1", "payload": map[string]any{"query": text}})
	return conn, nil
}

// read returns the next message that is no ping.
func read(t *testing.T, conn *websocket.Conn) map[string]any {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for {
		var m map[string]any
		if err := wsjson.Read(ctx, conn, &m); err != nil {
			t.Fatal(err)
		}
		if m["type"] != "ping" && m["type"] != "pong" && m["type"] != "ka" {
			return m
		}
	}
}

const homeRow = `subscription { recommendationsUpdated(placement: "home", first: 3) { recommendationId edges { node { sku } } freshness { pendingEvents } } }`

func TestSubscriptionsOverWebSocket(t *testing.T) {
	s := start(t, nil)
	b := newBrowser(t)
	s.send(t, b, "POST", "/graphql", query(putIntoCart), "Origin", s.url)
	r, err := http.NewRequestWithContext(t.Context(), "GET", s.url, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range b.Jar.Cookies(r.URL) {
		r.AddCookie(c)
	}
	cookie := r.Header.Get("Cookie")
	if _, err := s.subscribe(t, http.Header{"Cookie": {cookie}, "Origin": {"https://evil.example"}}, nil, homeRow); err == nil {
		t.Error("another page opened a WebSocket with a cookie")
	}
	if _, err := s.subscribe(t, http.Header{"Cookie": {cookie}}, nil, homeRow); err == nil {
		t.Error("a WebSocket with a cookie needs no origin")
	}
	conn, err := s.subscribe(t, http.Header{"Cookie": {cookie}, "Origin": {s.url}}, nil, homeRow)
	if err != nil {
		t.Fatal(err)
	}
	first := read(t, conn)
	if first["type"] != "next" || strings.Contains(fmt.Sprint(first), "errors") {
		t.Fatalf("the first answer is %v", first)
	}
	s.send(t, b, "POST", "/graphql", query(`mutation { viewerEventsRecord(input: {events: [{type: PRODUCT_VIEW, sku: "A"}]}) { accepted } }`), "Origin", s.url)
	if second := read(t, conn); second["type"] != "next" || fmt.Sprint(second) == fmt.Sprint(first) {
		t.Errorf("after acting: %v", second)
	}
	keyed, err := s.subscribe(t, nil, map[string]any{"Authorization": "Bearer " + s.admin}, `subscription { trainingRunProgress(id: "TrainingRun/none") { state } }`)
	if err != nil {
		t.Fatal(err)
	}
	if m := read(t, keyed); !strings.Contains(fmt.Sprint(m), "NOT_FOUND") {
		t.Errorf("a run that is not there: %v", m)
	}
	if err := s.end(); err != nil { // with a subscription open
		t.Error(err)
	}
}

func TestSubscriptionsOverServerSentEvents(t *testing.T) {
	s := start(t, nil)
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, "POST", s.url+"/graphql", strings.NewReader(query(homeRow)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var got strings.Builder
	buffer := make([]byte, 4096)
	for !strings.Contains(got.String(), "recommendationId") {
		n, err := resp.Body.Read(buffer)
		got.Write(buffer[:n])
		if err != nil {
			t.Fatalf("%v after %s", err, got.String())
		}
	}
	if !strings.Contains(got.String(), "event: next") {
		t.Errorf("got %s", got.String())
	}
}
