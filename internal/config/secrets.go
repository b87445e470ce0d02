package config

import (
	"os"
	"regexp"
	"strings"
	"unicode/utf8"
)

// hidden finds what must not be shown of a line of a configuration: values of secret settings, passwords and
// queries in addresses.
var hidden = regexp.MustCompile(`(?i)(?:(?:token|password|secrets?)["']?\s*:\s*|authorization["']?\s*:\s*["']?(?:\w+\s+)?|://[^/\s:@]*:|[?&][\w.-]+=)("[^"]*"?|'[^']*'?|\[[^\]]*\]?|[^,}\s#@]+)`)

// signing finds a webhook's secret, wherever in a line it stands.
var signing = regexp.MustCompile(`whsec_[^\s,"'\]}]+`)

// masked is the line with its secrets as stars. It keeps its length, so that a caret below it still points right.
func masked(line string) string {
	out, last := "", 0
	for _, m := range hidden.FindAllStringSubmatchIndex(line, -1) {
		value := line[m[2]:m[3]]
		if !strings.Contains(value, "${") {
			value = strings.Repeat("*", utf8.RuneCountInString(value))
		}
		out, last = out+line[last:m[2]]+value, m[3]
	}
	return signing.ReplaceAllStringFunc(out+line[last:], func(s string) string { return strings.Repeat("*", utf8.RuneCountInString(s)) })
}

// minToken is the shortest token that counts as one, in bytes.
const minToken = 16

// secret is the value itself or the content of its file without the line end.
func (k *checker) secret(path string, value Secret, file string) Secret {
	if file == "" {
		return value
	}
	if value != "" {
		k.fail(path, "given twice, here and in %s_file: leave one of them out", path)
		return value
	}
	text := strings.TrimSpace(k.readable(path+"_file", file, true))
	return Secret(text)
}

// readable reads a file that a setting names. It is a mistake if there is none or it is empty, and a warning if
// everybody may read a secret.
func (k *checker) readable(path, file string, secret bool) string {
	if file == "" {
		return ""
	}
	text, err := load(file)
	if err != nil {
		k.fail(path, "%s %s", file, err)
		return ""
	}
	if len(strings.TrimSpace(string(text))) == 0 {
		k.fail(path, "%s is empty", file)
	}
	if info, err := os.Stat(file); err == nil && secret && info.Mode().Perm()&0o004 != 0 {
		k.warn(path, "everybody on this machine may read %s: chmod 600 it", file)
	}
	return string(text)
}

func (k *checker) strong(path string, token Secret) {
	switch t := token.Reveal(); {
	case t == "":
	case len(t) < minToken:
		k.fail(path, "a token of %d characters: use at least %d, for example from: openssl rand -hex 24", len(t), minToken)
	case strings.ContainsAny(t, " \t\r\n"):
		k.fail(path, "white space in a token: it could not be sent in a header")
	}
}
