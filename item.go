package wiredesk

import (
	"encoding/json"
	"time"
)

// Item is a news object of ninjs 3.1 (https://www.iptc.org/std/ninjs/3.1): marshalled, it is a valid instance of
// that schema as long as URI is set and the values are of the schema's kinds. Parts that wiredesk passes on without
// reading stay as raw JSON.
type Item struct {
	Standard           *Standard         `json:"standard,omitempty"`
	URI                string            `json:"uri"`
	Type               string            `json:"type,omitempty"`
	RepresentationType string            `json:"representationType,omitempty"`
	Profile            string            `json:"profile,omitempty"`
	Version            string            `json:"version,omitempty"`
	FirstCreated       time.Time         `json:"firstCreated,omitzero"`
	VersionCreated     time.Time         `json:"versionCreated,omitzero"`
	ContentCreated     time.Time         `json:"contentCreated,omitzero"`
	EmbargoedUntil     time.Time         `json:"embargoedUntil,omitzero"`
	Expires            time.Time         `json:"expires,omitzero"`
	PubStatus          string            `json:"pubStatus,omitempty"`
	Urgency            int               `json:"urgency,omitempty"` // 1 (highest) to 9; 0 when not said
	Language           string            `json:"language,omitempty"`
	Title              string            `json:"title,omitempty"`
	Slugline           string            `json:"slugline,omitempty"`
	By                 string            `json:"by,omitempty"`
	Located            string            `json:"located,omitempty"`
	EdNote             string            `json:"edNote,omitempty"`
	CopyrightHolder    string            `json:"copyrightHolder,omitempty"`
	CopyrightNotice    string            `json:"copyrightNotice,omitempty"`
	UsageTerms         string            `json:"usageTerms,omitempty"`
	Headlines          []Content         `json:"headlines,omitempty"`
	Descriptions       []Content         `json:"descriptions,omitempty"`
	Bodies             []Content         `json:"bodies,omitempty"`
	InfoSources        []Party           `json:"infoSources,omitempty"`
	People             []Party           `json:"people,omitempty"`
	Organisations      []Party           `json:"organisations,omitempty"`
	Places             []Party           `json:"places,omitempty"`
	Subjects           []Subject         `json:"subjects,omitempty"`
	Genres             []Concept         `json:"genres,omitempty"`
	Objects            []Party           `json:"objects,omitempty"`
	Events             []Event           `json:"events,omitempty"`
	AltIDs             []AltID           `json:"altIds,omitempty"`
	TrustIndicators    []TrustIndicator  `json:"trustIndicators,omitempty"`
	DigitalSourceType  *Concept          `json:"digitalSourceType,omitempty"`
	RightsInfo         *RightsInfo       `json:"rightsInfo,omitempty"`
	Renditions         []Rendition       `json:"renditions,omitempty"`
	Associations       []Association     `json:"associations,omitempty"`
	EventDetails       json.RawMessage   `json:"eventDetails,omitempty"`
	PlannedCoverage    []json.RawMessage `json:"plannedCoverage,omitempty"`
}

// Standard names the standard, its version and its schema.
type Standard struct {
	Name    string `json:"name,omitempty"`
	Version string `json:"version,omitempty"`
	Schema  string `json:"schema,omitempty"`
}

// NINJS is what every item we emit says of itself.
func NINJS() *Standard {
	return &Standard{
		Name: "ninjs", Version: "3.1",
		Schema: "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
	}
}

// Content is a headline, description or body. Counts are used in bodies only.
type Content struct {
	Role        string `json:"role,omitempty"`
	ContentType string `json:"contentType,omitempty"`
	CharCount   int    `json:"charCount,omitempty"`
	WordCount   int    `json:"wordCount,omitempty"`
	Value       string `json:"value,omitempty"`
}

// Party is a person, organisation, place, object or information source. Rel belongs to all but information sources,
// Role to information sources only; Symbols to organisations, GeoJSON to places.
type Party struct {
	Name        string            `json:"name,omitempty"`
	Rel         string            `json:"rel,omitempty"`
	Role        string            `json:"role,omitempty"`
	URI         string            `json:"uri,omitempty"`
	Literal     string            `json:"literal,omitempty"`
	Symbols     []json.RawMessage `json:"symbols,omitempty"`
	ContactInfo []json.RawMessage `json:"contactInfo,omitempty"`
	GeoJSON     json.RawMessage   `json:"geoJSON,omitempty"`
}

// Subject is a concept the item is about. Relevance and Confidence are 0 to 100; nil when not said.
type Subject struct {
	Name       string `json:"name,omitempty"`
	Rel        string `json:"rel,omitempty"`
	URI        string `json:"uri,omitempty"`
	Literal    string `json:"literal,omitempty"`
	Creator    string `json:"creator,omitempty"`
	Relevance  *int   `json:"relevance,omitempty"`
	Confidence *int   `json:"confidence,omitempty"`
}

// Concept is a named code: a genre, a digital source type.
type Concept struct {
	Name    string `json:"name,omitempty"`
	URI     string `json:"uri,omitempty"`
	Literal string `json:"literal,omitempty"`
}

// Event is something the item reports on.
type Event struct {
	ID      string `json:"id,omitempty"`
	Name    string `json:"name,omitempty"`
	Rel     string `json:"rel,omitempty"`
	URI     string `json:"uri,omitempty"`
	Literal string `json:"literal,omitempty"`
}

// AltID is another identifier of the same item.
type AltID struct {
	Role  string `json:"role,omitempty"`
	Value string `json:"value,omitempty"`
}

// TrustIndicator is a link to a statement that lets a reader trust the item.
type TrustIndicator struct {
	Role  string `json:"role,omitempty"`
	Title string `json:"title,omitempty"`
	Href  string `json:"href,omitempty"`
}

// RightsInfo holds exactly one of LinkedRights and EncodedRights.
type RightsInfo struct {
	LangID        string `json:"langId,omitempty"`
	LinkedRights  string `json:"linkedRights,omitempty"`
	EncodedRights string `json:"encodedRights,omitempty"`
}

// Rendition is a form of a picture, video, sound or text, by reference. Nothing here is fetched.
type Rendition struct {
	Name        string          `json:"name"`
	Href        string          `json:"href,omitempty"`
	ContentType string          `json:"contentType,omitempty"`
	Title       string          `json:"title,omitempty"`
	Width       int             `json:"width,omitempty"`
	Height      int             `json:"height,omitempty"`
	SizeInBytes int64           `json:"sizeInBytes,omitempty"`
	Duration    float64         `json:"duration,omitempty"`
	Format      string          `json:"format,omitempty"`
	AspectRatio string          `json:"aspectRatio,omitempty"`
	VideoCodec  string          `json:"videoCodec,omitempty"`
	FrameRate   float64         `json:"frameRate,omitempty"`
	POI         json.RawMessage `json:"poi,omitempty"`
	Transport   string          `json:"transportProtocol,omitempty"`
	ScanType    string          `json:"scanType,omitempty"`
	Bitrate     string          `json:"bitrate,omitempty"`
}

// Association is another news object that belongs to this one, e.g. its picture.
type Association struct {
	Name string `json:"name,omitempty"`
	Rel  string `json:"rel,omitempty"`
	Item
}

// Status is the item's pubStatus with the standard's default.
func (i *Item) Status() string {
	if i.PubStatus == "" {
		return Usable
	}
	return i.PubStatus
}

// Headline is the main headline: the one without a role or with role "main", else the first, else the title.
func (i *Item) Headline() string {
	for _, h := range i.Headlines {
		if h.Role == "" || h.Role == "main" {
			return h.Value
		}
	}
	if len(i.Headlines) > 0 {
		return i.Headlines[0].Value
	}
	return i.Title
}
