package mail

import (
	"fmt"
	"net/url"
	"strings"

	"github.com/wiredesk/wiredesk"
	"github.com/wiredesk/wiredesk/internal/draft"
	"github.com/wiredesk/wiredesk/internal/ninjs"
)

// attachments are references to what hangs on the message. The bytes stay in the message as it was stored.
func attachments(d *draft.Draft, raw wiredesk.Raw, attached []*entity) {
	for i, e := range attached {
		if i == 100 {
			d.Repair("more than 100 attachments: the others are in the stored message only")
			return
		}
		file := words(e.params["name"])
		if _, params := mediaType(e.header.get("content-disposition")); params["filename"] != "" {
			file = words(params["filename"])
		}
		id := strings.Trim(e.header.get("content-id"), "<> ")
		uri := "urn:wiredesk:mail:" + wiredesk.ShortHash(raw.Provider, file, string(e.body))
		if id != "" {
			uri = ninjs.URI(raw.Provider, "cid:"+url.PathEscape(id))
		}
		d.Item.Associations = append(d.Item.Associations, wiredesk.Association{
			Name: fmt.Sprintf("attachment-%d", i+1),
			Item: wiredesk.Item{
				URI: uri, Type: kind(e.media), Title: file,
				Renditions: []wiredesk.Rendition{{Name: "main", Href: uri, ContentType: e.media, SizeInBytes: int64(len(e.body))}},
			},
		})
	}
}

func kind(media string) string {
	switch major, _, _ := strings.Cut(media, "/"); major {
	case "image":
		return "picture"
	case "video", "audio", "text":
		return major
	}
	return "component"
}
