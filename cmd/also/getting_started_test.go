package main

import (
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"also/internal/process"
)

// The commands of docs/getting-started.md, as they stand there, in one shell.
func TestGettingStarted(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := process.Build(t.Context(), "../..", filepath.Join(dir, "bin")); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := l.Addr().String()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	script := "set -euo pipefail\ntrap 'kill $(jobs -p) && wait' EXIT\n"
	for _, b := range blocks(t, "../../docs/getting-started.md") {
		if b.is("sh") {
			script += b.text
		}
	}
	cmd := exec.CommandContext(t.Context(), "timeout", "120", "bash", "-c", strings.ReplaceAll(script, "localhost:8080", address))
	cmd.Dir = dir
	got, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	answers := strings.Split(string(got), `{"data":{"recommendations":`)
	if len(answers) != 3 || strings.Contains(string(got), `"errors":`) || !strings.Contains(answers[1], `"accepted":1`) {
		t.Fatalf("the commands printed %s", got)
	}
	if !strings.Contains(answers[1], `"sku":`) || !strings.Contains(answers[2], `"sku":`) || answers[1] == answers[2] {
		t.Errorf("no product was recommended, or the purchase changed nothing: %s", got)
	}
	if strings.Contains(answers[2], `"sku":"POT-1"`) {
		t.Errorf("what was just bought is recommended: %s", got)
	}
}
