// Package contract holds what programs that talk to a line are promised, for machines: JSON Schemas (2020-12) of what is
// sent, an AsyncAPI 3 document of the subjects, headers and messages on NATS, and an OpenAPI 3.1 document of HTTP. Tests
// hold them to what is really sent. New fields and new headers may be added at any time: whoever reads ignores what it
// does not know.
package contract

import (
	"bytes"
	"embed"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/wiredesk/wiredesk/internal/web"
)

//go:embed openapi.json asyncapi.json schemas/*.json
var documents embed.FS

// Names are the names of all documents: openapi, asyncapi, and each schema by its own.
func Names() []string {
	all := []string{"openapi", "asyncapi"}
	files, err := documents.ReadDir("schemas")
	if err != nil {
		return all
	}
	for _, f := range files {
		all = append(all, strings.TrimSuffix(f.Name(), ".json"))
	}
	return all
}

// Document is the document of a name, as JSON, and whether there is one.
func Document(name string) ([]byte, bool) {
	if !slices.Contains(Names(), name) {
		return nil, false
	}
	at := path.Join("schemas", name+".json")
	if name == "openapi" || name == "asyncapi" {
		at = name + ".json"
	}
	doc, err := documents.ReadFile(at)
	return doc, err == nil
}

// Routes serves the documents to whoever may read the news, by the patterns to mount them under.
func Routes(readers *web.Readers) map[string]http.Handler {
	serve := func(kind string, name func(*http.Request) string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, ok := readers.Admit(w, r); !ok {
				return
			}
			doc, ok := Document(name(r))
			if !ok {
				http.Error(w, "no such schema; there are "+strings.Join(Names()[2:], ", "), http.StatusNotFound)
				return
			}
			w.Header().Set("Content-Type", kind)
			w.Header().Set("Cache-Control", "private, max-age=3600")
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(doc))
		})
	}
	fixed := func(name string) func(*http.Request) string { return func(*http.Request) string { return name } }
	return map[string]http.Handler{
		"GET /v1/openapi.json":  serve("application/vnd.oai.openapi+json;version=3.1", fixed("openapi")),
		"GET /v1/asyncapi.json": serve("application/vnd.aai.asyncapi+json;version=3.0.0", fixed("asyncapi")),
		"GET /v1/schemas/{file}": serve("application/schema+json", func(r *http.Request) string {
			name, ok := strings.CutSuffix(r.PathValue("file"), ".json")
			if !ok || name == "openapi" || name == "asyncapi" {
				return ""
			}
			return name
		}),
	}
}
