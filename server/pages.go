package server

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
)

// pages serves the built applications. Their assets, whose names carry a hash,
// are cached for a year; their pages never. An address that names no file is a
// page's if it looks like one, so that deep links survive a reload.
type pages struct {
	files fs.FS

	mu     sync.Mutex
	packed map[string]func() []byte // by encoding and name: each file is compressed once
}

func newPages(files fs.FS) *pages { return &pages{files: files, packed: map[string]func() []byte{}} }

// applications are the folders that have a page of their own.
var applications = []string{"admin", "playground"}

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	switch {
	case strings.HasPrefix(name, "assets/"):
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		p.file(w, r, name)
	case path.Ext(name) != "" && path.Ext(name) != ".html" && !strings.Contains(name, "/"): // deeper, a dot may be a sku's
		w.Header().Set("Cache-Control", "public, max-age=3600")
		p.file(w, r, name)
	default:
		w.Header().Set("Cache-Control", "no-cache")
		p.page(w, r, pageOf(name))
	}
}

// pageOf returns the page of the application that an address belongs to.
func pageOf(name string) string {
	for _, app := range applications {
		if name == app || strings.HasPrefix(name, app+"/") {
			return app + "/index.html"
		}
	}
	return "index.html"
}

// file serves a file, or 404.
func (p *pages) file(w http.ResponseWriter, r *http.Request, name string) {
	content, err := fs.ReadFile(p.files, name)
	if err != nil {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = http.DetectContentType(content)
	}
	p.write(w, r, name, kind, content)
}

// page serves an application's page.
func (p *pages) page(w http.ResponseWriter, r *http.Request, name string) {
	html, err := fs.ReadFile(p.files, name)
	if err != nil {
		html = []byte(notBuilt)
		w.Header().Set("Cache-Control", "no-store")
	}
	w.Header().Set("Content-Security-Policy", policy(hashes(html)...))
	p.write(w, r, name, "text/html; charset=utf-8", html)
}

// inline finds the scripts that stand in a page itself.
var inline = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// hashes returns what a policy calls the scripts that the build wrote into a page.
func hashes(html []byte) []string {
	var out []string
	for _, script := range inline.FindAllSubmatch(html, -1) {
		sum := sha256.Sum256(script[1])
		out = append(out, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
	}
	return out
}

// write answers with a file, compressed if the client takes that.
func (p *pages) write(w http.ResponseWriter, r *http.Request, name, kind string, content []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Add("Vary", "Accept-Encoding")
	if encoding := encodingFor(r, kind, len(content)); encoding != "" {
		h.Set("Content-Encoding", encoding)
		content = p.pack(encoding, name, content)
	}
	if r.Method != http.MethodHead {
		_, _ = w.Write(content) // whoever asked may be gone
	}
}

// encodingFor returns how a file is best sent, "" for as it is: what is small,
// or compressed in itself, gains nothing.
func encodingFor(r *http.Request, kind string, size int) string {
	text := strings.HasPrefix(kind, "text/") || strings.Contains(kind, "javascript") || strings.Contains(kind, "json") || strings.Contains(kind, "svg")
	if size < 512 || !text {
		return ""
	}
	accepted := r.Header.Get("Accept-Encoding")
	for _, encoding := range []string{"br", "gzip"} {
		for _, one := range strings.Split(accepted, ",") {
			one, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
			if one == encoding && strings.ReplaceAll(weight, " ", "") != "q=0" {
				return encoding
			}
		}
	}
	return ""
}

// brotliLevel makes files a tenth smaller than gzip would, in tens of
// milliseconds for a large one, once.
const brotliLevel = 5

// pack compresses a file the first time that it is asked for. Nobody waits for
// another's file.
func (p *pages) pack(encoding, name string, content []byte) []byte {
	p.mu.Lock()
	key := encoding + ":" + name
	f := p.packed[key]
	if f == nil {
		f = sync.OnceValue(func() []byte { return compress(encoding, content) })
		p.packed[key] = f
	}
	p.mu.Unlock()
	return f()
}

// compress returns the content in an encoding, "br" or "gzip". Writing to memory
// does not fail.
func compress(encoding string, content []byte) []byte {
	var b bytes.Buffer
	var z io.WriteCloser = gzip.NewWriter(&b)
	if encoding == "br" {
		z = brotli.NewWriterLevel(&b, brotliLevel)
	}
	_, _ = z.Write(content)
	_ = z.Close()
	return b.Bytes()
}

// notBuilt is shown where the pages were not built into the binary.
const notBuilt = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Also</title></head>
<body style="font: 16px/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem">
<h1>The pages are not built yet</h1>
<p>This binary was compiled without its pages. Run <code>make build</code>, which needs Node 20, and start it again.</p>
<p>The API at <code>/graphql</code> works all the same.</p>
</body>
</html>
`
