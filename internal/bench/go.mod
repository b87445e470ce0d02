// Module bench measures wiredesk's feed parsers beside gofeed. It is a module of its own so that gofeed is no
// dependency of wiredesk.
module github.com/wiredesk/wiredesk/internal/bench

go 1.26.0

replace github.com/wiredesk/wiredesk => ../..

require (
	github.com/mmcdole/gofeed v1.4.2
	github.com/wiredesk/wiredesk v0.0.0-00010101000000-000000000000
)

require (
	github.com/aymerick/douceur v0.2.0 // indirect
	github.com/gorilla/css v1.0.1 // indirect
	github.com/microcosm-cc/bluemonday v1.0.27 // indirect
	github.com/mmcdole/goxpp/v2 v2.0.0 // indirect
	golang.org/x/net v0.62.0 // indirect
	golang.org/x/text v0.43.0 // indirect
)
