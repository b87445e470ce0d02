package feed

import (
	"net/http"
	"slices"
	"strings"
	"time"
)

// answer sends a document, or says that the reader has it.
func (f *Feeds) answer(w http.ResponseWriter, r *http.Request, a ask, doc *document) {
	h := w.Header()
	h.Set("Content-Type", mediaTypes[a.format])
	h.Set("Cache-Control", "private, no-cache") // keep it, but ask each time: it may have been killed
	h.Add("Vary", "Accept-Encoding")
	h.Add("Vary", "Authorization")
	for _, l := range f.links(a) {
		h.Add("Link", l)
	}
	body, tag := doc.body, `"`+doc.tag+`"`
	if packs(r.Header.Get("Accept-Encoding")) {
		body, tag = doc.packed, `"`+doc.tag+`-gzip"`
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", tag)
	// Within the second of a change another one would have the same time: it is told when that is over.
	modified := doc.changed.UTC().Truncate(time.Second)
	settled := !doc.changed.IsZero() && f.Now().After(modified.Add(time.Second))
	if settled {
		h.Set("Last-Modified", modified.Format(http.TimeFormat))
	}
	if has(r, doc.tag, modified, settled) {
		h.Del("Content-Type")
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if _, err := w.Write(body); err != nil {
		f.Log.Debug().Err(err).Msg("a reader went away")
	}
}

// links are the feed's own address, its hubs, and its other formats.
func (f *Feeds) links(a ask) []string {
	base := f.Base()
	links := []string{"<" + base + a.path(a.format) + `>; rel="self"`}
	for _, hub := range f.Hubs {
		links = append(links, "<"+hub+`>; rel="hub"`)
	}
	for _, format := range []string{"atom", "rss", "json"} {
		if format != a.format {
			kind, _, _ := strings.Cut(mediaTypes[format], ";")
			links = append(links, "<"+base+a.path(format)+`>; rel="alternate"; type="`+kind+`"`)
		}
	}
	return links
}

// has says whether the reader's copy is this one (RFC 9110, 13.2.2). Where it knows a tag, its time does not count.
func has(r *http.Request, tag string, modified time.Time, settled bool) bool {
	if tags := r.Header.Values("If-None-Match"); len(tags) > 0 {
		for one := range strings.SplitSeq(strings.Join(tags, ","), ",") {
			one = strings.Trim(strings.TrimPrefix(strings.TrimSpace(one), "W/"), `"`)
			if one == "*" || strings.TrimSuffix(one, "-gzip") == tag {
				return true
			}
		}
		return false
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	return err == nil && settled && !modified.After(since)
}

// packs says whether the reader takes gzip.
func packs(accepted string) bool {
	return slices.ContainsFunc(strings.Split(accepted, ","), func(one string) bool {
		name, weight, _ := strings.Cut(strings.TrimSpace(one), ";")
		weight = strings.ReplaceAll(weight, " ", "")
		return strings.EqualFold(strings.TrimSpace(name), "gzip") && weight != "q=0" && !strings.HasPrefix(weight, "q=0.0")
	})
}
