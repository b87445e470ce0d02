package file

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/outcopy"
	"github.com/wiredesk/wiredesk/publish/newsmlg2"
	"github.com/wiredesk/wiredesk/publish/ninjs"
	"github.com/wiredesk/wiredesk/publish/nitf"
)

// encoder writes an article as a document, and names what the format has no place for.
type encoder func(a wiredesk.Article, version string) (doc []byte, lost []string, err error)

type format struct {
	extension string // no two formats share one, so that they may share a folder
	canceled  bool   // whether it can say that a story is killed
	encode    encoder
}

func formats() map[string]format {
	return map[string]format{
		"article":  {"json", true, article},
		"ninjs":    {"ninjs.json", true, item},
		"newsmlg2": {"newsml.xml", true, unversioned(newsmlg2.EncodeArticle)},
		"nitf":     {"nitf.xml", true, unversioned(nitf.EncodeArticle)},
		"text":     {"txt", false, text},
	}
}

func unversioned(write func(wiredesk.Article) ([]byte, []string, error)) encoder {
	return func(a wiredesk.Article, _ string) ([]byte, []string, error) { return write(a) }
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
	return ninjs.Encode(outcopy.Story(a).Item, version)
}

func text(a wiredesk.Article, _ string) ([]byte, []string, error) {
	if !strings.HasSuffix(a.Text, "\n") {
		a.Text += "\n"
	}
	return []byte(a.Text), nil, nil
}
