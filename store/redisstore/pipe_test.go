package redisstore

import (
	"bytes"
	"errors"
	"io"
	"os"
	"testing"
	"time"
)

func TestPipe(t *testing.T) {
	t.Run("a write does not wait for its reader", func(t *testing.T) {
		client, server := newPipe()
		sent := bytes.Repeat([]byte("0123456789"), 100_000)
		for range 3 {
			if n, err := client.Write(sent); n != len(sent) || err != nil {
				t.Fatal(n, err)
			}
		}
		must(t, client.Close())
		got, err := io.ReadAll(server)
		must(t, err)
		if !bytes.Equal(got, bytes.Repeat(sent, 3)) {
			t.Fatalf("got %d bytes", len(got))
		}
	})
	t.Run("a read waits until its deadline", func(t *testing.T) {
		client, _ := newPipe()
		must(t, client.SetDeadline(time.Now().Add(20*time.Millisecond)))
		if _, err := client.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("got %v", err)
		}
	})
	t.Run("a deadline taken back is none", func(t *testing.T) {
		client, server := newPipe()
		must(t, client.SetReadDeadline(time.Now().Add(time.Millisecond)))
		must(t, client.SetReadDeadline(time.Time{}))
		go func() {
			time.AfterFunc(10*time.Millisecond, func() { _, _ = server.Write([]byte("x")) })
		}()
		if n, err := client.Read(make([]byte, 9)); n != 1 || err != nil {
			t.Fatal(n, err)
		}
	})
	t.Run("a closed end reads no more and takes nothing", func(t *testing.T) {
		client, server := newPipe()
		must(t, client.Close())
		if _, err := server.Read(make([]byte, 1)); !errors.Is(err, io.EOF) {
			t.Fatalf("got %v", err)
		}
		if _, err := server.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
			t.Fatalf("got %v", err)
		}
	})
}
