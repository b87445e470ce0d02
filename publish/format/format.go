// Package format is the choice of formats in which an output sends an article on.
package format

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/ninjs"
	"github.com/wiredesk/wiredesk/internal/outcopy"
	"github.com/wiredesk/wiredesk/publish/newsmlg2"
	write "github.com/wiredesk/wiredesk/publish/ninjs"
	"github.com/wiredesk/wiredesk/publish/nitf"
)

// Names are the formats as a configuration spells them.
const Names = "article, ninjs, newsmlg2, nitf, text"

// Format writes articles as documents. It keeps no state and is safe for concurrent use.
type Format struct {
	Name      string
	Extension string // of a file; no two formats share one
	MediaType string // for Content-Type
	Canceled  bool   // whether a document can say that its story is killed or held

	version string
	encode  func(a wiredesk.Article, version string) (doc []byte, lost []string, err error)
}

// Encode writes an article, and names by its ninjs path what the format has no place for. An error is the article's
// fault: it would come again.
func (f Format) Encode(a wiredesk.Article) (doc []byte, lost []string, err error) {
	return f.encode(a, f.version)
}

// Find is the format of that name. The version is that of ninjs, 1.0 to 3.1, and must be known whatever the format. An
// error begins with the name of the setting it is about: format or version.
func Find(name, version string) (Format, error) {
	i := slices.IndexFunc(table(), func(f Format) bool { return f.Name == name })
	if i < 0 {
		return Format{}, fmt.Errorf("format: %q is none of %s", name, Names)
	}
	if !slices.Contains(ninjs.Versions, version) || strings.HasSuffix(version, "-dev") {
		return Format{}, fmt.Errorf("version: ninjs %q is not known: use 1.0 to 1.6, 2.0 to 2.2, 3.0 or 3.1, in quotes", version)
	}
	f := table()[i]
	f.version = version
	return f, nil
}

func table() []Format {
	return []Format{
		{Name: "article", Extension: "json", MediaType: "application/json", Canceled: true, encode: article},
		{Name: "ninjs", Extension: "ninjs.json", MediaType: "application/json", Canceled: true, encode: item},
		{Name: "newsmlg2", Extension: "newsml.xml", MediaType: "application/vnd.iptc.g2.newsitem+xml", Canceled: true, encode: unversioned(newsmlg2.EncodeArticle)},
		{Name: "nitf", Extension: "nitf.xml", MediaType: "text/vnd.iptc.nitf; charset=utf-8", Canceled: true, encode: unversioned(nitf.EncodeArticle)},
		{Name: "text", Extension: "txt", MediaType: "text/plain; charset=utf-8", encode: text},
	}
}

func unversioned(encode func(wiredesk.Article) ([]byte, []string, error)) func(wiredesk.Article, string) ([]byte, []string, error) {
	return func(a wiredesk.Article, _ string) ([]byte, []string, error) { return encode(a) }
}

// article is the envelope, as NEWS carries it.
func article(a wiredesk.Article, _ string) ([]byte, []string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(a); err != nil {
		return nil, nil, fmt.Errorf("article: %w", err)
	}
	return b.Bytes(), nil, nil
}

func item(a wiredesk.Article, version string) ([]byte, []string, error) {
	return write.Encode(outcopy.Story(a).Item, version)
}

func text(a wiredesk.Article, _ string) ([]byte, []string, error) {
	if !strings.HasSuffix(a.Text, "\n") {
		a.Text += "\n"
	}
	return []byte(a.Text), nil, nil
}
