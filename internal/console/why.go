package console

import (
	"io"
	"net/http"
)

// why answers with where a revision of a story goes, and why not elsewhere.
func (c *Console) why(r *http.Request) (any, error) {
	if c.Explain == nil {
		return nil, refuse(http.StatusNotFound, "this console knows no routes: start it with the line's configuration")
	}
	e, err := c.edition(r)
	if err != nil {
		return nil, err
	}
	return c.Explain(&e.Article), nil
}

// whyPasted does the same for a document that was pasted. Nothing of it is stored.
func (c *Console) whyPasted(r *http.Request) (any, error) {
	if c.Explain == nil || c.Read == nil {
		return nil, refuse(http.StatusNotFound, "this console knows no routes: start it with the line's configuration")
	}
	if !ownPage(r) {
		return nil, refuse(http.StatusForbidden, "this was not sent by a page of this console")
	}
	document, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, MaxDocument))
	if err != nil {
		return nil, refuse(http.StatusRequestEntityTooLarge, "a pasted story may have %d bytes", MaxDocument)
	}
	articles, err := c.Read(r.Context(), document)
	if err != nil {
		return nil, refuse(http.StatusUnprocessableEntity, "%w", err)
	}
	all := []any{}
	for i := range articles {
		all = append(all, c.Explain(&articles[i]))
	}
	return map[string]any{"stories": all}, nil
}
