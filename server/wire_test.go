package server

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"also/store"
)

// Whatever a request gets wrong, the answer is GraphQL's, with a code and the
// request's id.
func TestEveryFailureHasACode(t *testing.T) {
	s := start(t, func(o *Options) { o.MaxBody = 50_000 })
	f := func(what, method, path, body string, status int, code string, headers ...string) {
		t.Helper()
		a := s.send(t, http.DefaultClient, method, path, body, headers...)
		var got struct {
			Data   any
			Errors []struct {
				Message    string
				Extensions struct{ Code, RequestID string }
			}
		}
		if err := json.Unmarshal([]byte(a.body), &got); err != nil || a.status != status || len(got.Errors) == 0 || got.Data != nil {
			t.Errorf("%s: %d, want %d: %s", what, a.status, status, a.body)
			return
		}
		for _, e := range got.Errors {
			if e.Extensions.Code != code || e.Extensions.RequestID != a.header.Get("X-Request-Id") || e.Message == "" {
				t.Errorf("%s: %+v, want %s", what, e, code)
			}
		}
	}
	signOut := url.QueryEscape(`mutation { customerSignOut { viewer { signedIn } } }`)
	f("no GraphQL", "POST", "/graphql", query("{ viewer"), 422, "GRAPHQL_PARSE_FAILED")
	f("an unknown field", "POST", "/graphql", query("{ nothing }"), 422, "GRAPHQL_VALIDATION_FAILED")
	f("no operation of the name", "POST", "/graphql", `{"query":"query A { viewer { signedIn } }","operationName":"B"}`, 422, "GRAPHQL_VALIDATION_FAILED")
	f("a variable of another type", "POST", "/graphql", `{"query":"query($n: Int) { products(first: $n) { totalCount } }","variables":{"n":"x"}}`, 422, "GRAPHQL_VALIDATION_FAILED")
	f("no JSON", "POST", "/graphql", `{"query`, 400, "BAD_USER_INPUT")
	f("a batch", "POST", "/graphql", "["+query("{ viewer { signedIn } }")+"]", 400, "BAD_USER_INPUT")
	f("a large body", "POST", "/graphql", query(strings.Repeat(" ", 60_000)), 413, "BAD_USER_INPUT")
	f("another content", "POST", "/graphql", query("{ viewer { signedIn } }"), 415, "BAD_USER_INPUT", "Content-Type", "text/plain")
	f("another method", "PUT", "/graphql", query("{ viewer { signedIn } }"), 405, "BAD_USER_INPUT")
	f("a mutation by GET", "GET", "/graphql?query="+signOut, "", 405, "BAD_USER_INPUT")
	f("no GraphQL by GET", "GET", "/graphql?query={viewer", "", 422, "GRAPHQL_PARSE_FAILED")
	f("bad variables by GET", "GET", "/graphql?query={viewer{signedIn}}&variables=x", "", 400, "BAD_USER_INPUT")
	f("an unknown digest", "GET", `/graphql?extensions={"persistedQuery":{"version":1,"sha256Hash":"ab"}}`, "", 200, "PERSISTED_QUERY_NOT_FOUND")
	f("a subscription without a stream", "POST", "/graphql", query(homeRow), 200, "BAD_USER_INPUT")
	f("a wrong key", "POST", "/graphql", query("{ viewer { signedIn } }"), 401, "UNAUTHENTICATED", "Authorization", "Bearer nonsense")
}

func TestPersistedQueries(t *testing.T) {
	s := start(t, nil)
	text := "query($sku: String!) { product(sku: $sku) { name } }"
	digest := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
	ask := func(body string) string {
		t.Helper()
		return s.send(t, http.DefaultClient, "POST", "/graphql", body).body
	}
	only := fmt.Sprintf(`{"variables":{"sku":"A"},"extensions":{"persistedQuery":{"version":1,"sha256Hash":%q}}}`, digest)
	if got := ask(only); !strings.Contains(got, "PERSISTED_QUERY_NOT_FOUND") {
		t.Errorf("unknown: %s", got)
	}
	if got := ask(strings.Replace(only, "{", fmt.Sprintf(`{"query":%q,`, text+" "), 1)); !strings.Contains(got, "BAD_USER_INPUT") {
		t.Errorf("another's digest: %s", got)
	}
	if got := ask(strings.Replace(only, "{", fmt.Sprintf(`{"query":%q,`, text), 1)); !strings.Contains(got, "Red mug") {
		t.Errorf("with the text: %s", got)
	}
	if got := ask(only); !strings.Contains(got, "Red mug") {
		t.Errorf("by digest: %s", got)
	}
	address := "/graphql?variables=" + url.QueryEscape(`{"sku":"A"}`) + "&extensions=" + url.QueryEscape(fmt.Sprintf(`{"persistedQuery":{"version":1,"sha256Hash":%q}}`, digest))
	if a := s.send(t, http.DefaultClient, "GET", address, ""); !strings.Contains(a.body, "Red mug") {
		t.Errorf("by digest, by GET: %s", a.body)
	}
}

// A stream asks who is there as every request does.
func TestServerSentEventsAskWhoIsThere(t *testing.T) {
	s := start(t, nil)
	stream := []string{"Accept", "text/event-stream"}
	run := query(`subscription { trainingRunProgress(id: "TrainingRun/none") { state } }`)
	f := func(want string, c *http.Client, body string, headers ...string) {
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, "POST", s.url+"/graphql", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		resp, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		var got strings.Builder
		buffer := make([]byte, 4096)
		for !strings.Contains(got.String(), want) {
			n, err := resp.Body.Read(buffer)
			got.Write(buffer[:n])
			if err != nil && !strings.Contains(got.String(), want) {
				t.Fatalf("%v: %s, want %s", headers, got.String(), want)
			}
		}
	}
	f("UNAUTHENTICATED", http.DefaultClient, run, stream...)
	f("FORBIDDEN", http.DefaultClient, run, append(stream, "Authorization", "Bearer "+s.shopKey)...)
	f("NOT_FOUND", http.DefaultClient, run, append(stream, "Authorization", "Bearer "+s.admin)...)
	b := newBrowser(t)
	s.send(t, b, "POST", "/graphql", query(putIntoCart), "Origin", s.url)
	f("FORBIDDEN", b, query(homeRow), append(stream, "Origin", "https://evil.example")...)
	f("recommendationId", b, query(homeRow), append(stream, "Origin", s.url)...)
}

func TestBudgetsOverHTTP(t *testing.T) {
	s := start(t, func(o *Options) { o.Budgets.Shopper = store.Bucket{Capacity: 20_000, Restore: 1} })
	heavy := query(`{ products(first: 100) { edges { node { sku name stock price { amount } categories { name children { name } } } } } }`)
	var last answer
	for range 20 {
		if last = s.send(t, http.DefaultClient, "POST", "/graphql", heavy); strings.Contains(last.body, "THROTTLED") {
			break
		}
	}
	if !strings.Contains(last.body, "retryAfterMs") || !strings.Contains(last.body, `"currentlyAvailable"`) {
		t.Errorf("after twenty heavy questions: %.300s", last.body)
	}
	if a := s.send(t, http.DefaultClient, "POST", "/graphql", heavy, "Authorization", "Bearer "+s.shopKey); strings.Contains(a.body, "errors") {
		t.Errorf("a key shares a visitor's bucket: %.300s", a.body)
	}
}
