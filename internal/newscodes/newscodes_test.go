package newscodes_test

import (
	"testing"

	"github.com/wiredesk/wiredesk/internal/newscodes"
)

func TestURIAndBack(t *testing.T) {
	for code, uri := range map[string]string{
		"medtop:20000148": "http://cv.iptc.org/newscodes/mediatopic/20000148",
		"subj:03010000":   "http://cv.iptc.org/newscodes/subjectcode/03010000",
		"kdesk:sea":       "", "plain": "", "subj:": "", "medtop:a b": "",
	} {
		if got := newscodes.URI(code); got != uri {
			t.Errorf("URI(%q) = %q; want %q", code, got, uri)
		}
		if uri != "" && newscodes.Code(uri) != code {
			t.Errorf("Code(%q) = %q; want %q", uri, newscodes.Code(uri), code)
		}
	}
}

func TestSubjectCode(t *testing.T) {
	for code, want := range map[string]int{"04000000": 1, "04008000": 2, "04008024": 3, "0400802": 0, "0400802x": 0} {
		if got, ok := newscodes.SubjectCode(code); got != want || ok != (want > 0) {
			t.Errorf("SubjectCode(%q) = %d, %v; want %d", code, got, ok, want)
		}
	}
}

func TestTypeAndClass(t *testing.T) {
	for class, want := range map[string]string{
		"ninat:text": "text", "icls:picture": "picture", "Photo": "picture", "image/jpeg": "picture", "ninat:composite": "composite",
		"http://cv.iptc.org/newscodes/ninature/video": "video", "": "", "kclass:odd": "",
	} {
		if got := newscodes.Type(class); got != want {
			t.Errorf("Type(%q) = %q; want %q", class, got, want)
		}
	}
	if got := newscodes.Class("audio") + " " + newscodes.Class(""); got != "ninat:audio ninat:text" {
		t.Errorf("classes %q", got)
	}
}
