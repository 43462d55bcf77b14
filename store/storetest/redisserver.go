package storetest

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// StartRedis starts a Redis server for one test, without persistence, and
// returns its URL; it ends with the test. args are further options of redis-server. Where no redis-server is on the PATH the
// test fails if ALSO_REQUIRE names redis, and is skipped, saying so, if not.
func StartRedis(t testing.TB, args ...string) (url string) {
	t.Helper()
	path, err := exec.LookPath("redis-server")
	if err != nil {
		if slices.Contains(strings.Split(os.Getenv("ALSO_REQUIRE"), ","), "redis") {
			t.Fatal("ALSO_REQUIRE names redis, and no redis-server is on the PATH: install Redis 7")
		}
		t.Skip("no redis-server is on the PATH: the tests over a real Redis do not run; install Redis 7, or set ALSO_REQUIRE=redis to make this a failure")
	}
	// A socket's path must be short, which t.TempDir's need not be.
	dir, err := os.MkdirTemp("", "redis")
	if err != nil {
		t.Fatal(err)
	}
	socket := filepath.Join(dir, "s")
	var output bytes.Buffer
	cmd := exec.Command(path, append([]string{
		"--port", "0", "--unixsocket", socket, "--unixsocketperm", "700", "--dir", dir, "--save", "", "--appendonly", "no",
	}, args...)...) // of an option given twice the last counts
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it may have ended
		<-exited
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	for range 1000 {
		if conn, err := net.Dial("unix", socket); err == nil {
			if err := conn.Close(); err != nil {
				t.Fatal(err)
			}
			return "unix://" + socket
		}
		select {
		case err := <-exited:
			exited <- err
			t.Fatalf("redis-server ended: %v\n%s", err, output.String())
		case <-time.After(10 * time.Millisecond): // a child says in no other way that it is up
		}
	}
	t.Fatal("redis-server was not up in ten seconds")
	return ""
}
