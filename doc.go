// Package wiredesk holds the nouns of a newsroom's wire line and the contracts of its plugs.
//
// Copy arrives as bytes and leaves as articles; it only ever moves forward:
//
//	bytes ──▶ Raw ──▶ Story ──▶ Article ──▶ delivered
//	       ingest   parser    enrich      publish
//
// A [Raw] is what came in, byte for byte, with where, when and how. A format's [Parser] reads it into one
// [Story] or several: an [Item] in the words of ninjs 3.1, the text that spans index, and what the format said
// besides. Enrich turns a story into an [Article]: it decides what this version means, finds who the text
// credits and what it is about, and says why. Publish sends the article to one subject per [Facet] value.
//
// Package wiredesk imports the standard library only. Everything here is plain data: values may be copied, and
// are safe for concurrent reading; nothing here starts a goroutine or talks to a network.
package wiredesk
