package enrich

import (
	"slices"

	"github.com/wiredesk/wiredesk"
)

// Rewrite is the relation of a story to the one of the same provider that it replaces with another angle. The sender says
// so; the other relations are found in the text.
const Rewrite = "rewrite"

// withRewrite are the related stories of an article, the one it rewrites first. What its text shares with that one is
// explained by it.
func withRewrite(a *wiredesk.Article) []wiredesk.Relation {
	if a.Supersedes == "" || a.Supersedes == a.Item.URI {
		return a.Related
	}
	before := wiredesk.Relation{Story: wiredesk.StoryID(a.Provider, a.Supersedes), URI: a.Supersedes, Relation: Rewrite, Score: 1}
	others := slices.DeleteFunc(slices.Clone(a.Related), func(r wiredesk.Relation) bool { return r.Story == before.Story })
	return append([]wiredesk.Relation{before}, others...)
}
