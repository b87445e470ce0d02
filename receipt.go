package wiredesk

import "time"

// Receipt is the adapter's proof: every byte of the document is stored. It is the body of a 202 answer and of the
// NATS reply.
type Receipt struct {
	Receipt   string    `json:"receipt"`
	Feed      string    `json:"feed"`
	Format    string    `json:"format"`
	Why       string    `json:"why,omitempty"` // how the format was recognised
	Received  time.Time `json:"received"`
	Duplicate bool      `json:"duplicate,omitempty"` // the same bytes came down this feed a moment ago
	Stories   []Taken   `json:"stories"`
	// Rejected are the items of the document that could not be read. They are kept as dead letters.
	Rejected []Fault `json:"rejected,omitempty"`
}

// Taken is one story of a receipt and where to follow it.
type Taken struct {
	Story   string   `json:"story"`
	URI     string   `json:"uri"`
	Version string   `json:"version,omitempty"`
	Follow  string   `json:"follow"` // a NATS subject: every revision of this story, wherever it goes
	Trace   string   `json:"trace"`  // a command that tells the story's fate
	Repairs []string `json:"repairs,omitempty"`
}
