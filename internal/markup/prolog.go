package markup

import (
	"regexp"
	"strings"

	"github.com/wiredesk/wiredesk/internal/looks"
)

var versionOne = regexp.MustCompile(`^<\?xml\s+version\s*=\s*["']1\.[0-9]["']`)

// skip passes over a comment or the like, from after its opening to its closing mark.
func (r *Reader) skip(rest string, head int, tail, what string) error {
	size := strings.Index(rest[head:], tail)
	switch {
	case size < 0:
		return r.fault(r.pos, "the %s is not closed", what)
	case size > MaxToken:
		return r.fault(r.pos, "%s of more than %d bytes", what, MaxToken)
	case what == "comment" && !r.opt.Lax && (strings.Contains(rest[head:head+size], "--") || strings.HasSuffix(rest[head:head+size], "-")):
		return r.fault(r.pos, "\"--\" inside a comment")
	}
	r.pos += head + size + len(tail)
	return nil
}

// instruction skips a processing instruction; the XML declaration only stands at the very beginning.
func (r *Reader) instruction(rest string) error {
	name, size := nameAt(rest[2:])
	if 2+size >= len(rest) {
		return r.fault(r.pos, "the processing instruction is not closed")
	}
	switch {
	case (size == 0 || !space(rest[2+size:][0]) && !strings.HasPrefix(rest[2+size:], "?>")) && !r.opt.Lax:
		return r.fault(r.pos, "\"<?\" without a name")
	case strings.EqualFold(name, "xml") && (r.pos > 0 || name != "xml") && !r.opt.Lax:
		return r.fault(r.pos, "the XML declaration must be the first thing in the document")
	case name == "xml" && !versionOne.MatchString(rest[:min(len(rest), 80)]) && !r.opt.Lax:
		return r.fault(r.pos, "the XML declaration must say version=\"1.0\"")
	}
	return r.skip(rest, 2, "?>", "processing instruction")
}

// doctype skips a document type declaration. Whatever it names is not fetched; a general entity in it is refused.
func (r *Reader) doctype(rest string) error {
	if !strings.HasPrefix(rest, "<!DOCTYPE") && !(r.opt.Lax && len(rest) > 9 && strings.EqualFold(rest[:9], "<!DOCTYPE")) {
		return r.fault(r.pos, "this declaration does not belong here")
	}
	switch {
	case !r.opt.Doctype && strings.HasPrefix(strings.ToLower(rest[:min(len(rest), 14)]), "<!doctype html"):
		return r.fault(r.pos, "this is %s, and not a document of this format", looks.Like(rest))
	case !r.opt.Doctype:
		return r.fault(r.pos, "this format has no DOCTYPE: send the document without it")
	case r.root || r.typed:
		return r.fault(r.pos, "a DOCTYPE stands once, before the root element")
	}
	r.typed = true
	rest = rest[:min(len(rest), MaxToken)]
	subset := false
	for i := len("<!DOCTYPE"); i < len(rest); i++ {
		switch c := rest[i]; {
		case c == '[':
			subset = true
		case c == ']':
			subset = false
		case c == '"' || c == '\'':
			end := strings.IndexByte(rest[i+1:], c)
			if end < 0 {
				return r.fault(r.pos+i, "a quote in the DOCTYPE is not closed")
			}
			i += end + 1
		case c == '>' && !subset:
			r.pos += i + 1
			return nil
		case c == '<':
			size, err := r.declaration(rest[i:], r.pos+i)
			if err != nil {
				return err
			}
			i += size - 1
		}
	}
	return r.fault(r.pos, "the DOCTYPE is not closed within %d bytes", MaxToken)
}

// declaration is the size of one declaration of the internal subset.
func (r *Reader) declaration(rest string, at int) (int, error) {
	if strings.HasPrefix(rest, "<!--") {
		return r.closing(rest, "-->", at)
	}
	if strings.HasPrefix(rest, "<?") {
		return r.closing(rest, "?>", at)
	}
	if len(rest) > 8 && strings.EqualFold(rest[:8], "<!ENTITY") {
		body := strings.TrimLeft(rest[8:], " \t\r\n")
		if !strings.HasPrefix(body, "%") {
			return 0, r.fault(at, "the DOCTYPE declares an entity: entities are refused, send the text itself")
		}
		size, err := r.closing(rest, ">", at)
		if err == nil && strings.Contains(rest[8:size], "<!") {
			err = r.fault(at, "the DOCTYPE hides declarations in a parameter entity: entities are refused")
		}
		return size, err
	}
	for i := 0; i < len(rest); i++ {
		switch c := rest[i]; c {
		case '>':
			return i + 1, nil
		case '"', '\'':
			end := strings.IndexByte(rest[i+1:], c)
			if end < 0 {
				return 0, r.fault(at, "a quote in the DOCTYPE is not closed")
			}
			i += end + 1
		}
	}
	return 0, r.fault(at, "a declaration in the DOCTYPE is not closed")
}

func (r *Reader) closing(rest, tail string, at int) (int, error) {
	i := strings.Index(rest, tail)
	if i < 0 {
		return 0, r.fault(at, "a declaration in the DOCTYPE is not closed")
	}
	return i + len(tail), nil
}
