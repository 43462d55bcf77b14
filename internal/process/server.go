// Package process runs the also command as its users do: as a process of its
// own, reached over HTTP. Benchmarks and the tests that kill it share it.
package process

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"
)

// AdminKey is the key that servers started here accept.
const AdminKey = "also_test_admin_key_0123456789abcdef"

// Build compiles the command into dir and returns its path.
func Build(ctx context.Context, root, dir string) (string, error) {
	bin := filepath.Join(dir, "also")
	cmd := exec.CommandContext(ctx, "go", "build", "-o", bin, "./cmd/also")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the command: %w\n%s", err, out)
	}
	return bin, nil
}

// Server is a running `also serve`.
type Server struct {
	URL   string        // http://127.0.0.1:port
	Ready time.Duration // from the start of the process to its first "ready"

	cmd  *exec.Cmd
	log  *tail
	done chan struct{}
}

// Serve starts the server on a free port of this machine and waits until it is
// ready, at most for the given time.
func Serve(ctx context.Context, bin, dataDir string, wait time.Duration, args ...string) (*Server, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	s := &Server{URL: "http://" + addr, log: &tail{}, done: make(chan struct{})}
	s.cmd = exec.Command(bin, append([]string{"serve", "--data-dir", dataDir, "--listen", addr}, args...)...)
	s.cmd.Env = append(os.Environ(), "ALSO_ADMIN_KEY="+AdminKey)
	s.cmd.Stdout, s.cmd.Stderr = s.log, s.log
	start := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		_ = s.cmd.Wait() // how it ended is read from ProcessState
		close(s.done)
	}()
	if err := s.awaitReady(ctx, wait); err != nil {
		s.Kill()
		return nil, fmt.Errorf("%w; it printed:\n%s", err, s.log)
	}
	s.Ready = time.Since(start)
	return s, nil
}

func (s *Server) awaitReady(ctx context.Context, wait time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+"/health/ready", nil)
		if err != nil {
			return err
		}
		if resp, err := http.DefaultClient.Do(req); err == nil {
			_ = resp.Body.Close()
			if resp.StatusCode == http.StatusOK {
				return nil
			}
		}
		select {
		case <-s.done:
			return fmt.Errorf("the server ended before it was ready: %s", s.cmd.ProcessState)
		case <-ctx.Done():
			return fmt.Errorf("the server was not ready in %s", wait)
		case <-tick.C:
		}
	}
}

// Kill ends the server as a power cut would, with SIGKILL, and waits for its end.
func (s *Server) Kill() {
	_ = s.cmd.Process.Kill() // it may have ended by itself
	<-s.done
}

// Stop asks the server to end (SIGTERM) and fails if it does not do so cleanly.
func (s *Server) Stop(wait time.Duration) error {
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	select {
	case <-s.done:
	case <-time.After(wait):
		s.Kill()
		return errors.New("the server did not stop in time")
	}
	if !s.cmd.ProcessState.Success() {
		return fmt.Errorf("the server ended with %s; it printed:\n%s", s.cmd.ProcessState, s.log)
	}
	return nil
}

// PID returns the process id of the server.
func (s *Server) PID() int { return s.cmd.Process.Pid }

// Log returns the end of what the server printed.
func (s *Server) Log() string { return s.log.String() }

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}

// Run runs the command once and returns its standard output.
func Run(ctx context.Context, bin string, args ...string) ([]byte, error) {
	var out, errOut bytes.Buffer
	cmd := exec.CommandContext(ctx, bin, args...)
	cmd.Stdout, cmd.Stderr = &out, &errOut
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("also %s: %w\n%s", strings.Join(args, " "), err, errOut.Bytes())
	}
	return out.Bytes(), nil
}

// tail keeps the last 64 KiB written to it.
type tail struct {
	mu sync.Mutex
	b  []byte
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, p...)
	if n := len(t.b) - 64<<10; n > 0 {
		t.b = append(t.b[:0], t.b[n:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return string(t.b)
}
