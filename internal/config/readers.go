package config

import (
	"fmt"
	"strings"

	"github.com/wiredesk/wiredesk/internal/stream"
)

// Reader is somebody who may read the news over HTTP: all of it, or the subjects that are named.
type Reader struct {
	Name      string   `yaml:"name"`
	Token     Secret   `yaml:"token"`
	TokenFile string   `yaml:"token_file"` // one token a line, so that an old and a new one overlap
	Subjects  []string `yaml:"subjects"`

	Tokens []Secret `yaml:"-"` // from Token or TokenFile
}

func (k *checker) readers() {
	names, tokens := map[string]string{}, map[string]string{}
	for i := range k.Readers {
		r, path := &k.Readers[i], fmt.Sprintf("readers[%d]", i)
		if r.Name == "" {
			k.fail(path, "a reader without a name: add name: …")
		}
		k.unique(names, r.Name, path, path+".name", "the reader %q is configured twice, first at %s")
		at := path + ".token"
		if r.TokenFile != "" {
			at = path + ".token_file"
		}
		for t := range strings.FieldsSeq(k.secret(path+".token", r.Token, r.TokenFile).Reveal()) {
			k.strong(at, Secret(t))
			if first, ok := tokens[t]; ok {
				k.fail(at, "the same token as at %s: give each reader its own", first)
			}
			tokens[t] = k.at(path, "").Place()
			r.Tokens = append(r.Tokens, Secret(t))
		}
		if len(r.Tokens) == 0 {
			k.fail(path, "reader %q has no token: set its token_file", r.Name)
		}
		for j, s := range r.Subjects {
			if why := stream.NotNews(s); why != "" {
				k.fail(fmt.Sprintf("%s.subjects[%d]", path, j), "%q %s: write it like news.place.sy.* or news.desk.middle-east.*", s, why)
			}
		}
	}
}
