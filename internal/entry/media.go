package entry

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/markup"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// Media is a picture, sound or film that an entry names. It is a reference; nothing is fetched.
type Media struct {
	URL, Type, Medium     string
	Title, Caption        string
	Credit, Rights        string
	Size, Width, Height   string
	Duration              string // seconds, or hours, minutes and seconds apart by colons
	Thumbnail, Expression bool
}

const maxMedia = 100

// associations are the media as news objects of their own, each address once, thumbnails only where nothing better came.
func associations(provider string, media []Media) []wiredesk.Association {
	full := slices.ContainsFunc(media, func(m Media) bool { return !m.Thumbnail && m.kind() == "picture" })
	seen := map[string]bool{}
	var all []wiredesk.Association
	for _, m := range media {
		m.URL = strings.TrimSpace(m.URL)
		if !markup.SafeLink(m.URL) || seen[m.URL] || m.Thumbnail && full || len(all) == maxMedia {
			continue
		}
		seen[m.URL] = true
		all = append(all, wiredesk.Association{Name: fmt.Sprintf("%s-%d", m.kind(), len(all)+1), Item: m.item(provider)})
	}
	return all
}

func (m Media) item(provider string) wiredesk.Item {
	item := wiredesk.Item{
		URI: ninjs.URI(provider, m.URL), Type: m.kind(), By: m.Credit, CopyrightNotice: m.Rights,
		Renditions: []wiredesk.Rendition{{
			Name: "main", Href: m.URL, ContentType: m.mime(), Width: number(m.Width), Height: number(m.Height),
			SizeInBytes: int64(number(m.Size)), Duration: seconds(m.Duration),
		}},
	}
	if m.Title != "" {
		item.Headlines = []wiredesk.Content{{Role: "main", ContentType: "text/plain", Value: m.Title}}
	}
	if m.Caption != "" {
		item.Descriptions = []wiredesk.Content{{Role: "caption", ContentType: "text/plain", Value: m.Caption}}
	}
	return item
}

// kind is ninjs's word for what the medium is.
func (m Media) kind() string {
	hint := strings.ToLower(m.Medium + " " + m.Type)
	ext := strings.ToLower(m.URL)
	if i := strings.IndexAny(ext, "?#"); i >= 0 {
		ext = ext[:i]
	}
	ext = ext[strings.LastIndexByte(ext, '.')+1:]
	switch {
	case m.Thumbnail, strings.Contains(hint, "image"), slices.Contains([]string{"jpg", "jpeg", "png", "gif", "webp", "avif"}, ext):
		return "picture"
	case strings.Contains(hint, "video"), slices.Contains([]string{"mp4", "m4v", "mov", "webm"}, ext):
		return "video"
	case strings.Contains(hint, "audio"), slices.Contains([]string{"mp3", "m4a", "ogg", "wav"}, ext):
		return "audio"
	}
	return "component"
}

// Plays says whether the medium is a sound or a film.
func (m Media) Plays() bool { return m.kind() == "audio" || m.kind() == "video" }

// seconds is a length of time; 0 where it is none.
func seconds(s string) float64 {
	total := 0.0
	for part := range strings.SplitSeq(strings.TrimSpace(s), ":") {
		n, err := strconv.ParseFloat(part, 64)
		if err != nil || !(n >= 0 && n < 1e7) {
			return 0
		}
		total = total*60 + n
	}
	return min(total, 1e9)
}

// mime is the media type where the sender's word is one.
func (m Media) mime() string {
	if major, minor, ok := strings.Cut(strings.TrimSpace(m.Type), "/"); ok && major != "" && minor != "" && !strings.ContainsAny(m.Type, " \n") {
		return strings.TrimSpace(m.Type)
	}
	return ""
}

// number is a whole number that is not negative; 0 where there is none.
func number(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 {
		return 0
	}
	return n
}
