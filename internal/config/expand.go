package config

import (
	"fmt"
	"strings"
)

// expander replaces ${NAME}, ${NAME:-otherwise} and ${NAME:?message} in values; "$$" is one dollar sign. What a
// variable holds is text only: it can never add a setting. A name that is not set, without otherwise, is an error.
func expander(env map[string]string) func(string) (string, error) {
	return func(text string) (string, error) {
		var b strings.Builder
		for {
			i := strings.IndexByte(text, '$')
			if i < 0 || i+1 == len(text) {
				return b.String() + text, nil
			}
			b.WriteString(text[:i])
			switch text = text[i:]; text[1] {
			case '$':
				b.WriteByte('$')
				text = text[2:]
			case '{':
				end := strings.IndexByte(text, '}')
				if end < 0 {
					return "", fmt.Errorf("${ without its }")
				}
				v, err := variable(text[2:end], env)
				if err != nil {
					return "", err
				}
				b.WriteString(v)
				text = text[end+1:]
			default:
				b.WriteByte('$')
				text = text[1:]
			}
		}
	}
}

func variable(inside string, env map[string]string) (string, error) {
	name, message, asks := strings.Cut(inside, ":?")
	otherwise, falls := "", false
	if !asks {
		name, otherwise, falls = strings.Cut(inside, ":-")
	}
	v := env[name]
	switch {
	case v != "":
		return v, nil
	case falls:
		return otherwise, nil
	case message != "":
		return "", fmt.Errorf("%s is not set: %s", name, message)
	}
	return "", fmt.Errorf("%s is not set in the environment: set it, or write ${%s:-otherwise}", name, name)
}
