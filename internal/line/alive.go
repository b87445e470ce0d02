package line

import (
	"context"
	"fmt"
	"net/http"
)

// Alive asks the line's own HTTP server whether it answers, as a monitor from outside would.
func (l *Line) Alive(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, l.web.URL()+"/livez", http.NoBody)
	if err != nil {
		return fmt.Errorf("line: alive: %w", err)
	}
	transport := &http.Transport{DisableKeepAlives: true}
	res, err := (&http.Client{Transport: transport}).Do(req)
	if err != nil {
		return fmt.Errorf("line: alive: %w", err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("line: alive: /livez answers %s", res.Status)
	}
	return nil
}
