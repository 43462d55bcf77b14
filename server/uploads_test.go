package server

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"also/imports"
)

// uploadsLeft lists what lies among the uploads.
func (s *site) uploadsLeft(t *testing.T) int {
	t.Helper()
	left, err := filepath.Glob(filepath.Join(s.data, "test", "uploads", "*"))
	hidden, err2 := filepath.Glob(filepath.Join(s.data, "test", "uploads", ".*"))
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	return len(left) + len(hidden)
}

func TestWhoMayUpload(t *testing.T) {
	s := start(t, nil)
	f := func(c *http.Client, status int, code string, headers ...string) {
		t.Helper()
		if a := s.send(t, c, "POST", "/uploads?name=a.csv", "no\nA\n", headers...); a.status != status || !strings.Contains(a.body, code) {
			t.Errorf("%v: %d %s, want %d %s", headers, a.status, a.body, status, code)
		}
	}
	f(http.DefaultClient, http.StatusUnauthorized, "UNAUTHENTICATED")
	f(http.DefaultClient, http.StatusForbidden, "FORBIDDEN", "Authorization", "Bearer "+s.shopKey)
	f(http.DefaultClient, http.StatusUnauthorized, "UNAUTHENTICATED", "Authorization", "Bearer also_wrong")
	if n := s.uploadsLeft(t); n != 0 {
		t.Errorf("%d uploads after refusals", n)
	}
	f(http.DefaultClient, http.StatusCreated, `"size":5`, "Authorization", "Bearer "+s.admin)
	b := newBrowser(t)
	if a := s.send(t, b, "POST", "/admin/session", `{"key": "`+s.admin+`"}`, "Origin", s.url); a.status != http.StatusOK {
		t.Fatal(a)
	}
	f(b, http.StatusCreated, `"name":"a.csv"`, "Origin", s.url)
	f(b, http.StatusForbidden, "FORBIDDEN")
	f(b, http.StatusForbidden, "FORBIDDEN", "Origin", "https://evil.example")
	for _, path := range []string{"/uploads", "/uploads?name=a.exe"} {
		if a := s.send(t, http.DefaultClient, "POST", path, "x", "Authorization", "Bearer "+s.admin); a.status != http.StatusBadRequest || !strings.Contains(a.body, "BAD_USER_INPUT") {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	if n := s.uploadsLeft(t); n != 2 {
		t.Errorf("%d uploads, want the 2 that were taken", n)
	}
}

func TestUploadLimit(t *testing.T) {
	s := start(t, func(o *Options) { o.MaxUpload = 100 })
	at := func(path, body string, length int64) answer {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "POST", s.url+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.ContentLength = length
		r.Header.Set("Authorization", "Bearer "+s.admin)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		var b strings.Builder
		_, _ = fmt.Fprint(&b, resp.Header)
		text, err := bufio.NewReader(resp.Body).ReadString(0)
		if err == nil {
			t.Fatal("no end")
		}
		return answer{resp.StatusCode, resp.Header, text}
	}
	if a := at("/uploads?name=a.csv", strings.Repeat("x", 100), 100); a.status != http.StatusCreated {
		t.Errorf("as large as may be: %d %s", a.status, a.body)
	}
	for _, length := range []int64{101, -1} { // told beforehand, or found out
		a := at("/uploads?name=b.csv", strings.Repeat("x", 101), length)
		if a.status != http.StatusRequestEntityTooLarge || !strings.Contains(a.body, "--max-upload") || !strings.Contains(a.body, `"requestId"`) {
			t.Errorf("too large, length %d: %d %s", length, a.status, a.body)
		}
	}
	if n := s.uploadsLeft(t); n != 1 {
		t.Errorf("%d uploads are left, want 1", n)
	}
}

func TestABrokenOffUploadLeavesNothing(t *testing.T) {
	s := start(t, nil)
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Fprintf(conn, "POST /uploads?name=a.csv HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 1000\r\n\r\nno,title\n", s.admin); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil { // the rest never comes; the answer still can
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	var a struct{ Errors []struct{ Message string } }
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil || resp.StatusCode != http.StatusBadRequest || !strings.Contains(a.Errors[0].Message, "broken off") {
		t.Errorf("%d %+v, %v", resp.StatusCode, a, err)
	}
	if n := s.uploadsLeft(t); n != 0 {
		t.Errorf("%d uploads are left", n)
	}
	if strings.Contains(s.log.String(), "request failed") {
		t.Error("a sender who goes away is logged as our failure")
	}
}

func TestRejectsDownload(t *testing.T) {
	s := start(t, nil)
	work, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	t.Cleanup(func() { stop(); <-done })
	service := s.Resolver.Imports
	go func() {
		defer close(done)
		_ = service.Work(work, s.lake, nil) // it ends with its context only
	}()
	u, err := service.Receive(t.Context(), "my list.csv", strings.NewReader("no,price\nA,-1\n,2\nB,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	i, err := service.Start(t.Context(), imports.StartInput{Upload: u.ID, Kind: imports.Products, Map: map[string]string{"sku": "no", "price": "price"}, Currency: "EUR"})
	if err != nil {
		t.Fatal(err)
	}
	states, err := service.Progress(t.Context(), i.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i = range states {
	}
	if i.State != imports.Done || i.Rejected == 0 {
		t.Fatalf("%+v", i)
	}
	path := "/imports/" + i.ID + "/rejects.csv"
	if a := s.send(t, http.DefaultClient, "GET", path, ""); a.status != http.StatusUnauthorized {
		t.Errorf("a stranger: %d", a.status)
	}
	if a := s.send(t, http.DefaultClient, "GET", path, "", "Authorization", "Bearer "+s.shopKey); a.status != http.StatusForbidden {
		t.Errorf("a SHOP key: %d", a.status)
	}
	a := s.send(t, http.DefaultClient, "GET", path, "", "Authorization", "Bearer "+s.admin)
	want := "line,reason,code,row\n2,non-positive price,NON_POSITIVE_PRICE,\"{\"\"no\"\":\"\"A\"\",\"\"price\"\":\"\"-1\"\"}\"\n3,missing sku,MISSING_SKU,"
	if a.status != http.StatusOK || !strings.HasPrefix(a.body, want) || !strings.Contains(a.header.Get("Content-Disposition"), `"my list-rejected.csv"`) {
		t.Errorf("%d %v\n%s", a.status, a.header, a.body)
	}
	for _, id := range []string{"x", "..%2f..%2ftest", "01a400f6-3600-711f-9299-f80a2f70c4f6"} {
		if a := s.send(t, http.DefaultClient, "GET", "/imports/"+id+"/rejects.csv", "", "Authorization", "Bearer "+s.admin); a.status != http.StatusNotFound {
			t.Errorf("%s: %d %s", id, a.status, a.body)
		}
	}
	if _, err := os.Stat(filepath.Join(s.data, "test", "imports", i.ID, "rejects.csv")); err != nil {
		t.Error(err)
	}
}
