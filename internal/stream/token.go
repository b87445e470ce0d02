// Package stream is the map of the line: every stream, subject, header and limit, as data in one place.
package stream

import (
	"errors"
	"fmt"
	"strings"
)

// MaxToken bounds one encoded token, so that a whole subject stays within MaxSubject.
const MaxToken = 80

// MaxSubject bounds a subject. Far longer ones make the server close the connection for good.
const MaxSubject = 255

// ErrToken is what Token and Untoken wrap: the text cannot be a token of a subject.
var ErrToken = errors.New("cannot be a subject token")

const hexDigits = "0123456789abcdef"

// Token encodes any text as one token of [a-z0-9_-]: lower-case letters, digits and '-' stand for themselves, every
// other byte is '_' and two hex digits. The encoding is injective, and Untoken reverses it. Empty text, and text whose
// token would be longer than MaxToken, is refused.
func Token(text string) (string, error) {
	if plain(text) {
		return text, nil
	}
	var b strings.Builder
	for i := range len(text) {
		c := text[i]
		if plainByte(c) {
			b.WriteByte(c)
			continue
		}
		b.WriteByte('_')
		b.WriteByte(hexDigits[c>>4])
		b.WriteByte(hexDigits[c&15])
	}
	if b.Len() == 0 {
		return "", fmt.Errorf("empty name %w", ErrToken)
	}
	if b.Len() > MaxToken {
		return "", fmt.Errorf("name of %d bytes %w: encoded it has %d characters, the limit is %d", len(text), ErrToken, b.Len(), MaxToken)
	}
	return b.String(), nil
}

// Untoken is the text that Token made the token of. A token that Token would not have made is refused.
func Untoken(token string) (string, error) {
	if plain(token) {
		return token, nil
	}
	var b strings.Builder
	for i := 0; i < len(token); i++ {
		c := token[i]
		if c != '_' {
			b.WriteByte(c)
			continue
		}
		if i+2 >= len(token) {
			return "", fmt.Errorf("%q %w: cut off after '_'", token, ErrToken)
		}
		hi, lo := strings.IndexByte(hexDigits, token[i+1]), strings.IndexByte(hexDigits, token[i+2])
		if hi < 0 || lo < 0 {
			return "", fmt.Errorf("%q %w: '_' must be followed by two hex digits", token, ErrToken)
		}
		b.WriteByte(byte(hi<<4 | lo))
		i += 2
	}
	text := b.String()
	if again, err := Token(text); err != nil || again != token {
		return "", fmt.Errorf("%q %w: use lower-case letters, digits and '-'", token, ErrToken)
	}
	return text, nil
}

func plain(s string) bool {
	if s == "" || len(s) > MaxToken {
		return false
	}
	for i := range len(s) {
		if !plainByte(s[i]) {
			return false
		}
	}
	return true
}

func plainByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-'
}
