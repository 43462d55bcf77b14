package server

import (
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// pages serves the built applications. Their assets, whose names carry a hash,
// are cached for a year; their pages never. An address that names no file is a
// page's if it looks like one, so that deep links survive a reload.
type pages struct {
	files fs.FS
}

func newPages(files fs.FS) *pages { return &pages{files} }

// applications are the folders that have a page of their own.
var applications = []string{"admin", "playground"}

func (p *pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	switch {
	case strings.HasPrefix(name, "assets/"):
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		p.file(w, r, name)
	case path.Ext(name) != "" && path.Ext(name) != ".html":
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
	if info, err := fs.Stat(p.files, name); err != nil || info.IsDir() {
		w.Header().Set("Cache-Control", "no-store")
		http.Error(w, "there is no such file", http.StatusNotFound)
		return
	}
	http.ServeFileFS(w, r, p.files, name)
}

// page serves an application's page.
func (p *pages) page(w http.ResponseWriter, r *http.Request, name string) {
	html, err := fs.ReadFile(p.files, name)
	if err != nil {
		html = []byte(notBuilt)
		w.Header().Set("Cache-Control", "no-store")
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if r.Method != http.MethodHead {
		_, _ = w.Write(html) // whoever asked may be gone
	}
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
