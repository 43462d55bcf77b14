package process

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"
)

// Client speaks GraphQL with a server, as a holder of a key or as a browser.
type Client struct {
	url  string
	key  string
	http *http.Client
}

// WithKey returns a client that sends a key.
func (s *Server) WithKey(key string) *Client {
	transport := &http.Transport{MaxIdleConnsPerHost: 64}
	return &Client{url: s.URL, key: key, http: &http.Client{Transport: transport, Timeout: 60 * time.Second}}
}

// AsBrowser returns a client with cookies of its own and no key.
func (s *Server) AsBrowser() *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		panic("process: AsBrowser: " + err.Error()) // only bad options make it fail
	}
	return &Client{url: s.URL, http: &http.Client{Jar: jar, Timeout: 60 * time.Second}}
}

// Error is one error of a GraphQL answer.
type Error struct {
	Message    string `json:"message"`
	Extensions struct {
		Code string `json:"code"`
	} `json:"extensions"`
}

// Errors are the errors of a GraphQL answer.
type Errors []Error

func (e Errors) Error() string {
	var parts []string
	for _, x := range e {
		parts = append(parts, x.Extensions.Code+": "+x.Message)
	}
	return strings.Join(parts, "; ")
}

// Do sends one operation and decodes its data into out, which may be nil. It
// fails with Errors if the answer has any.
func (c *Client) Do(ctx context.Context, query string, vars map[string]any, out any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": vars})
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	if c.key != "" {
		req.Header.Set("Authorization", "Bearer "+c.key)
	} else {
		req.Header.Set("Origin", c.url)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	var answer struct {
		Data   json.RawMessage `json:"data"`
		Errors Errors          `json:"errors"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return fmt.Errorf("status %d: %w", resp.StatusCode, err)
	}
	if len(answer.Errors) > 0 {
		return answer.Errors
	}
	if out == nil {
		return nil
	}
	return json.Unmarshal(answer.Data, out)
}
