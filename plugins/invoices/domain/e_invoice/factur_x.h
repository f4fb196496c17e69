#pragma once

#include <string>
#include <string_view>

namespace livery::invoices::e_invoice {

// The name that Factur-X 1.0 asks of the CII file within the PDF (AFRelationship /Alternative).
inline constexpr std::string_view kFacturXFile = "factur-x.xml";

// What Factur-X 1.0, profile EN 16931, adds to the XMP packet of a PDF/A-3: two rdf:Description
// elements, the fx: properties and the PDF/A extension schema that declares them. They stand
// within the packet's rdf:RDF, which declares the prefix rdf.
std::string FacturXMetadata();

}  // namespace livery::invoices::e_invoice
