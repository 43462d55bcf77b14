package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"also/bench/films"
	"also/engine"
)

// entrant trains as a process of its own.
type entrant struct {
	name string
	argv func(o options, c contest, out string) []string
}

// run is one training: what each epoch took and, once judged, its loss.
type run struct {
	epochs []epochLine
	losses []float64
	peakMB float64
}

// epochLine is one line of an entrant's report.
type epochLine struct {
	Epoch   int     `json:"epoch"`
	Seconds float64 `json:"seconds"`
	Factors string  `json:"factors"`
	Dim     int     `json:"dim"` // some libraries keep more columns than asked for
	PeakMB  float64 `json:"peak_mb"`
}

func (r *run) String() string {
	last := len(r.epochs) - 1
	return fmt.Sprintf("%.3f s/epoch, loss %.5g after %d, %.0f MB", r.seconds(), r.losses[last], r.epochs[last].Epoch, r.peakMB)
}

// seconds is the shortest epoch.
func (r *run) seconds() float64 {
	s := r.epochs[0].Seconds
	for _, e := range r.epochs {
		s = min(s, e.Seconds)
	}
	return s
}

// timeTo returns the seconds until the loss was target or less, interpolated
// within the epoch that crossed it; ok is false if none did.
func (r *run) timeTo(target float64) (seconds float64, ok bool) {
	for k, e := range r.epochs {
		if r.losses[k] <= target {
			if k == 0 || e.Epoch != k+1 {
				return seconds + e.Seconds, e.Epoch == k+1
			}
			return seconds + e.Seconds*(r.losses[k-1]-target)/(r.losses[k-1]-r.losses[k]), true
		}
		seconds += e.Seconds
	}
	return 0, false
}

func (w entrant) train(ctx context.Context, o options, c contest) (*run, error) {
	out := filepath.Join(o.out, "factors")
	if err := os.RemoveAll(out); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, err
	}
	argv := w.argv(o, c, out)
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", strings.Join(argv, " "), err, stderr.Bytes())
	}
	r := &run{}
	for lines := bufio.NewScanner(&stdout); lines.Scan(); {
		var l epochLine
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("%s said %q: %w", w.name, lines.Bytes(), err)
		}
		if l.Epoch > 0 {
			r.epochs = append(r.epochs, l)
		}
		r.peakMB = max(r.peakMB, l.PeakMB)
	}
	if len(r.epochs) == 0 {
		return nil, errors.New("no epoch was reported")
	}
	return r, nil
}

// judge computes the loss after every epoch and removes the factors.
func (r *run) judge(m *engine.Matrix, c contest) error {
	for _, e := range r.epochs {
		users, items, err := films.ReadFactors(e.Factors, e.Dim, m)
		if err != nil {
			return err
		}
		r.losses = append(r.losses, loss(m, users, items, c))
		if err := os.Remove(e.Factors); err != nil {
			return err
		}
	}
	return nil
}

// entrants are those who can take part in c.
func (e *environment) entrants(c contest) []entrant {
	self := entrant{name: "also", argv: func(o options, c contest, out string) []string {
		return []string{e.self, "-self", e.matrix, "-out", out, "-dim", strconv.Itoa(c.dim), "-nu", num(c.nu),
			"-reg", num(c.reg), "-threads", strconv.Itoa(o.threads), "-epochs", strconv.Itoa(o.epochs), "-solver", c.solver}
	}}
	all := []entrant{self}
	if c.solver != "" {
		return all
	}
	if c.nu == 0 {
		all = append(all, e.peer("implicit", e.python, "implicit"), e.peer("cmfrec", e.python, "cmfrec"))
	}
	all = append(all, e.peer("irspack", e.python, "irspack"))
	if e.native != "" {
		all = append(all, e.peer("irspack-native", e.native, "irspack"))
	}
	return all
}

// peer is a library that bench/peers/peer.py trains under the interpreter python.
func (e *environment) peer(name, python, library string) entrant {
	return entrant{name: name, argv: func(o options, c contest, out string) []string {
		return []string{python, "bench/peers/peer.py", library, "--matrix", e.matrix, "--out", out,
			"--dim", strconv.Itoa(c.dim), "--epochs", strconv.Itoa(o.epochs), "--threads", strconv.Itoa(o.threads),
			"--alpha0", num(c.alpha0), "--reg", num(c.reg), "--nu", num(c.nu)}
	}}
}

func num(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
