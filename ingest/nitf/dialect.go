package nitf

import "strings"

// zone is what agencies mean by times that name no zone, known by who delivers, owns or names the document.
func (d *document) zone() {
	who := d.datum("doc-id", "regsrc") + " " + d.datum("doc.rights", "owner") + " " + d.datum("doc.copyright", "holder") + " " +
		d.datum("doc-id", "id-string") + " " + d.node.Child("body", "body.head", "distributor").Line()
	switch {
	case strings.Contains(who, "AAP") || strings.Contains(who, "Australian Associated Press"):
		d.Zone("Australia/Sydney")
	case strings.Contains(who, "NTB"):
		d.Zone("Europe/Oslo")
	case strings.Contains(who, "EFE") || strings.Contains(who, "Servimedia"):
		d.Zone("Europe/Madrid")
	case strings.Contains(who, "Press Association") || strings.Contains(who, "PA Media"):
		d.Zone("Europe/London")
	case strings.Contains(who, "Ritzau") || strings.Contains(who, "ritzau"):
		d.Zone("Europe/Copenhagen")
	}
}
