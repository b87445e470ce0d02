// Package looks says in words what a document that is not of the expected kind seems to be instead, so that whoever sent
// it sees the mistake and not its consequences.
package looks

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// mailHeader is a line that an e-mail may open with.
var mailHeader = regexp.MustCompile(`^(?i:From|To|Cc|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Delivered-To|DKIM-Signature|Content-Type|Reply-To|X-[A-Za-z-]+): ?\S`)

// Like is what a document seems to be, as far as its head shows it: "XML with the root element <rss>", "JSON". It is never
// empty and never longer than a line, and is for people.
func Like(head string) string {
	head = strings.TrimLeft(head[:min(len(head), 4096)], " \t\r\n\ufeff")
	low := strings.ToLower(head[:min(len(head), 16)])
	root, _ := Root([]byte(head))
	switch {
	case head == "":
		return "nothing but white space"
	case strings.HasPrefix(low, "<!doctype html"), strings.EqualFold(root, "html"):
		return "a page of HTML"
	case root != "" && root[0] != '<' && head[0] == '<':
		return "XML with the root element <" + root[:min(len(root), 40)] + ">"
	case head[0] == '<':
		return "XML or HTML"
	case head[0] == '{' || head[0] == '[' && strings.TrimLeft(head[1:], " \t\r\n") != "" && strings.ContainsAny(strings.TrimLeft(head[1:], " \t\r\n")[:1], "{[]\""):
		return "JSON"
	case strings.HasPrefix(head, "\x01") || strings.HasPrefix(head, "\x16") || strings.HasPrefix(head, "ZCZC"):
		return "a wire message, framed by SOH or ZCZC"
	case mailHeader.MatchString(head):
		return "an e-mail"
	}
	return fmt.Sprintf("text that begins with %q", opening(head))
}

// opening is the first words of a text, on one line.
func opening(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	line = strings.ToValidUTF8(strings.TrimSpace(line), "?")
	if utf8.RuneCountInString(line) <= 30 {
		return line
	}
	return string([]rune(line)[:30]) + "…"
}

// Root is the local name of a document's root element and the text of its attributes, as far as its head shows them; empty
// where anything but white space, comments and declarations stands before it.
// NULs are passed over, so that UTF-16 and UTF-32 look like what they hold.
func Root(head []byte) (name, attrs string) {
	rest := bytes.TrimLeft(bytes.ReplaceAll(head, []byte{0}, nil), " \t\r\n\ufeff\xfe\xff")
	for {
		if rest = bytes.TrimLeft(rest, " \t\r\n"); len(rest) < 2 || rest[0] != '<' {
			return "", ""
		}
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			rest = behind(rest, "-->")
		case bytes.HasPrefix(rest, []byte("<?")):
			rest = behind(rest, "?>")
		case rest[1] == '!':
			rest = declaration(rest)
		default:
			tag, _, _ := strings.Cut(string(rest[1:]), ">")
			name, attrs, _ = strings.Cut(strings.TrimRight(tag, "/"), " ")
			if i := strings.IndexAny(name, "\t\r\n"); i >= 0 {
				name, attrs = name[:i], name[i:]+attrs
			}
			return name[strings.LastIndexByte(name, ':')+1:], attrs
		}
		if rest == nil {
			return "", ""
		}
	}
}

func behind(s []byte, mark string) []byte {
	_, after, ok := bytes.Cut(s, []byte(mark))
	if !ok {
		return nil
	}
	return after
}

// declaration steps over a DOCTYPE with its internal subset.
func declaration(s []byte) []byte {
	if open := bytes.IndexByte(s, '['); open >= 0 && open < bytes.IndexByte(s, '>') {
		return behind(behind(s, "]"), ">")
	}
	return behind(s, ">")
}
